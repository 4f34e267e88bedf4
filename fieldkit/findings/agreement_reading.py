"""What a figure of agreement is commonly taken to mean, by published thresholds."""

from __future__ import annotations

from typing import Final

LANDIS_KOCH: Final = "Landis and Koch 1977, Biometrics 33"
KRIPPENDORFF: Final = "Krippendorff 2019, Content Analysis, 4th edition"

_KAPPA_UP_TO: Final = ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"))
_ALPHA_FROM: Final = ((0.8, "reliable"), (0.667, "tentative"))

SOURCE: Final = {
    "cohen": LANDIS_KOCH,
    "fleiss": LANDIS_KOCH,
    "ac1": LANDIS_KOCH,
    "alpha": KRIPPENDORFF,
}
"""Id of a measure to where its thresholds are published; there are none for percent agreement."""


def reading(measure: str, value: float) -> str | None:
    """The word for a figure.

    Args:
        measure: id of the measure.
        value: the figure; it is read as it is shown, with three decimals.

    Returns:
        For kappas and AC1 poor, slight, fair, moderate, substantial or almost perfect; for alpha
        reliable, tentative or unreliable; None for a measure without thresholds.
    """
    shown = round(value, 3)
    if measure not in SOURCE:
        return None
    if measure == "alpha":
        return next((word for least, word in _ALPHA_FROM if shown >= least), "unreliable")
    if shown < 0:
        return "poor"
    return next((word for most, word in _KAPPA_UP_TO if shown <= most), "almost perfect")
