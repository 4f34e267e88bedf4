"""What leaves and what comes in: one file per format."""
