"""
A graph of your own
===================

The affinity may be what you know. Pixels have neighbors: here the graph joins each pixel of a digit with the four
around it, and walks start at what the target asks for, so that relevance spreads over the picture.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits
from sklearn.feature_extraction.image import grid_to_graph

from infsel import InfFS

X, y = load_digits(return_X_y=True)
y = y == 8
neighbors = grid_to_graph(8, 8).astype(float)
neighbors.setdiag(0)

figure, axes = plt.subplots(2, 2, figsize=(7, 7), layout="constrained")
for ax, hops in zip(axes.flat, [1, 2, 4, np.inf]):
    selector = InfFS(affinity=neighbors, start="anova", readout="seeded", n_hops=hops, damping=0.9).fit(X, y)
    ax.imshow(selector.scores_.reshape(8, 8), cmap="cividis")
    ax.set(title={1: "1 hop", np.inf: "any number of hops"}.get(hops, f"{hops} hops"), xticks=[], yticks=[])
plt.show()

# %%
# One hop lends each pixel what its neighbors know; more of them smooth further. Domain knowledge can also be a frame
# labeled by column names, a sparse matrix, or a function ``(X, y) -> matrix``.
