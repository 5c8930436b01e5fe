"""Where walks start and go, and how what they bring becomes one score a feature."""

from infsel.readouts._base import Readout
from infsel.readouts._from_start import Attended, Seeded, Settled
from infsel.readouts._row_sums import Received, Sent, Total

__all__ = ["Attended", "Readout", "Received", "Seeded", "Sent", "Settled", "Total"]
