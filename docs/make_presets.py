"""Writes docs/presets.md from the presets themselves: ``python docs/make_presets.py``."""

from pathlib import Path

from infsel.walks._presets import PRESETS

HEAD = """# Presets

`InfFS.from_preset(name, **parameters)` composes every published and every released method of the family;
`infsel.presets()` and `infsel presets` list them. Scores are those of the original program up to the 1 that the
programs of 2020 add, held to 1e-9 of their spread in `tests/walks/test_presets.py`. ρ is the spectral radius unless
said otherwise, s are standard deviations scaled to [0, 1], F Fisher scores, m mutual information with the target, n
features, T samples. None of them needs an n x n matrix in memory: the cost is that of one product with A, of which 1 to
12 are made.

Where a release is faulty, the preset follows it and a sound twin exists: `tpami2020-*` beside `tpami2020-*-released`,
and `faithful=False` for the others, which leaves constant columns outside the graph and replaces inconsistent
statistics.

| preset | parameters | formula | cost of a product | what to know | reference |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The page, from the presets as they are."""
    rows = []
    for name, preset in PRESETS.items():
        parameters = ", ".join(f"`{written}`" for written in preset.signature())
        cells = (f"`{name}`", parameters, preset.formula, preset.cost, preset.note, preset.reference)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("presets.md").write_text(page(), encoding="utf-8")
