"""
From one hop to infinitely many
===============================

Inf-FS adds up walks of every length over the graph of columns. How many hops does the ranking need? Usually few: the
classic affinity is dense and nearly of rank one.
"""

import matplotlib.pyplot as plt
from sklearn.datasets import load_breast_cancer, load_digits, load_wine
from sklearn.preprocessing import minmax_scale

from infsel import InfFS
from infsel.inspection import HopPathDisplay

tables = {"wine, 13 columns": load_wine, "breast cancer, 30": load_breast_cancer, "digits, 64": load_digits}

fitted = {name: InfFS().fit(minmax_scale(load().data)) for name, load in tables.items()}
for name, selector in fitted.items():
    print(f"{name}: the ranking settles after {selector.saturation_depth_} hops")

# %%
# Of the digits it takes longest, and yet the curves of agreement begin close to 1.

HopPathDisplay.from_estimator(fitted["digits, 64"])
plt.show()

# %%
# One hop is what attention does, and here it ranks nearly as infinitely many hops do, although it brings a small share
# of the scores. ``effective_hops_`` is the mean length of the walks that the scores are made of.

for name, selector in fitted.items():
    print(name, selector.effective_hops_)
