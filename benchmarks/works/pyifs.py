"""InfFS against the only other Python implementation."""

from harness.runs import installed

from works._alone import alone

WORK = "10,000 x 100 float64, against PyIFS"
BAR = "300 times faster"


def measure(small):
    if not installed("PyIFS"):
        return ["PyIFS is not installed"]
    n = 1000 if small else 10_000
    alone("dense", "fit", "infsel", 300)  # the compiler, once
    slow, ours = (alone("dense", "fit", method, n) for method in ("pyifs", "infsel"))
    times = slow["seconds"], ours["seconds"]
    return [
        f"{times[0] / times[1]:.0f} times faster: {times[1]:.2f} s against {times[0]:.0f} s, {ours['peak']:.0f} MB "
        f"against {slow['peak']:.0f} MB (one turn; its two missing imports handed in)"
    ]
