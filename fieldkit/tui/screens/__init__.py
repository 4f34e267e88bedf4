"""The places of the app and what opens over them."""
