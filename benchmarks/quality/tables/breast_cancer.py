def load():
    from sklearn.datasets import load_breast_cancer

    return load_breast_cancer(return_X_y=True)
