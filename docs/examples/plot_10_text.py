"""
Words that tell two modules apart
=================================

A sparse table of words: what are the functions of ``scipy.stats`` and ``scipy.signal`` about? The texts are the
documentation of the functions installed here; the table is never written down as a dense one.
"""

import inspect

import matplotlib.pyplot as plt
import scipy.signal
import scipy.stats
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from infsel import RecursiveElimination, SelectorCV
from infsel.inspection import SelectionCurveDisplay

texts, labels = [], []
for module in (scipy.stats, scipy.signal):
    for name in module.__all__:
        text = inspect.getdoc(getattr(module, name)) or ""
        if len(text) > 200:
            texts.append(text.replace(module.__name__, ""))
            labels.append(module.__name__)

words = TfidfVectorizer(min_df=3, stop_words="english", token_pattern=r"[a-z]{3,}")
X = words.fit_transform(texts)
print(f"{X.shape[0]} texts, {X.shape[1]} words, {X.nnz / X.shape[0] / X.shape[1]:.1%} of the table is not zero")

# %%
selector = RecursiveElimination(n_features_to_select=20).fit(X, labels)
print(words.get_feature_names_out()[selector.get_support()].tolist())

# %%
search = SelectorCV(
    LogisticRegression(C=10, max_iter=1000),
    RecursiveElimination(),
    n_features_to_select=[1, 2, 5, 10, 20, 50, 200, 1000],
).fit(X, labels)
display = SelectionCurveDisplay.from_estimator(search)
display.ax_.set(xlabel="number of words", ylabel="accuracy: scipy.stats or scipy.signal?")
plt.show()
