"""
Attention is one hop
====================

A Transformer lets each token attend to all others by a softmax of their similarities, once. Take columns as tokens:
this is Inf-FS with a softmax for its affinity and walks of a single hop, number for number.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_wine
from sklearn.preprocessing import scale

from infsel import AttentionSelector, InfFS
from infsel.inspection import AttentionHeadsDisplay

# sphinx_gallery_thumbnail_number = 2

wine = load_wine(as_frame=True)
X = wine.data

attention = AttentionSelector().fit(X)
one_hop = InfFS.from_preset("self-attention").fit(X)
print(np.abs(attention.scores_ - one_hop.scores_).max())

# %%
# The same by hand: tokens are standardized columns, logits their products over the root of their length, and the score
# of a column is the attention that it receives, times the damping of a hop.

tokens = scale(X).T
logits = tokens @ tokens.T / np.sqrt(tokens.shape[1])
A = np.exp(logits - logits.max(axis=1, keepdims=True))
A /= A.sum(axis=1, keepdims=True)
print(np.abs(one_hop.damping * A.sum(axis=0) - attention.scores_).max())

# %%
# With many samples nearly all attention stays on the diagonal: a column resembles itself most.

AttentionHeadsDisplay.from_estimator(attention)
plt.show()

# %%
# ``exclude_self`` and a higher ``temperature`` spread it, and several heads look at different rows.

heads = AttentionSelector(n_heads=4, exclude_self=True, temperature=3.0).fit(X)
AttentionHeadsDisplay.from_estimator(heads)
plt.show()
