def load():
    from sklearn.datasets import load_digits

    return load_digits(return_X_y=True)
