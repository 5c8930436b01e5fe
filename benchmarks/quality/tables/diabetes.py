def load():
    from sklearn.datasets import load_diabetes

    return load_diabetes(return_X_y=True)
