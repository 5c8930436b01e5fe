NAME = "Gaussian noise"
CONTENT = "independent columns of unequal spread that know nothing of y; two classes"
SCALES = True
FEATURES = (1000, 2000, 5000, 10_000)


def load(n_features, n_samples):
    import numpy as np

    rng = np.random.default_rng(0)
    X = rng.standard_normal((n_samples, n_features)) * rng.uniform(0.5, 2, n_features)
    return X, rng.integers(0, 2, n_samples)
