from datasets import planted

NAME = "planted columns, standardized"
CONTENT = "the same table with every column at mean 0 and variance 1, so that the spread tells nothing"
SCALES = True
FEATURES = (2000,)
relevant = planted.relevant


def load(n_features, n_samples):
    from sklearn.preprocessing import scale

    X, y = planted.load(n_features, n_samples)
    return scale(X), y
