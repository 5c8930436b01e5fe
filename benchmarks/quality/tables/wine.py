def load():
    from sklearn.datasets import load_wine

    return load_wine(return_X_y=True)
