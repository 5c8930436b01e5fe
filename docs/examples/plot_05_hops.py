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

tables = {"wine, 13 columns": load_wine, "breast cancer, 30": load_breast_cancer, "digits, 64": load_digits}

# %%
figure, ax = plt.subplots(layout="constrained")
for name, load in tables.items():
    selector = InfFS().fit(minmax_scale(load().data))
    path = selector.hop_path()
    ax.plot(path["n_hops"], path["kendall"], marker="o", label=f"{name}: settled after {selector.saturation_depth_}")
ax.set(xscale="log", ylim=(0.8, 1.01), xlabel="longest walk, in hops", ylabel="Kendall's tau with the final ranking")
ax.set_xticks([1, 2, 3, 4, 6, 10, 15], [1, 2, 3, 4, 6, 10, 15])
ax.minorticks_off()
ax.legend()
plt.show()

# %%
# One hop is what attention does, and here it ranks nearly as infinitely many hops do. ``effective_hops_`` is the mean
# length of the walks that the scores are made of.

for name, load in tables.items():
    print(name, InfFS().fit(minmax_scale(load().data)).effective_hops_)
