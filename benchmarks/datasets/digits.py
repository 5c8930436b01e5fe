NAME = "digits"
CONTENT = "handwritten digits that come with scikit-learn: 1,797 images of 64 pixels, 3 of them constant; ten classes"
SCALES = False
FEATURES = (64,)


def load(_n_features, _n_samples):
    from sklearn.datasets import load_digits

    return load_digits(return_X_y=True)
