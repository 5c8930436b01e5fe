"""TreeSHAP as LightGBM has it built in (`pred_contrib`)."""

NAME = "LightGBM, SHAP"
COMPUTES = "mean |SHAP value| over training rows and classes of that model, zeros by F; seconds without the fit"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "lightgbm"


def order(X, y, k, seed):
    import numpy as np
    from quality.methods import f_test, lightgbm_gain

    values = np.abs(lightgbm_gain.fitted(X, y, seed).predict(X, pred_contrib=True))
    values = np.asarray(values).reshape(len(X), -1, X.shape[1] + 1)  # a class after the other, the constant last
    return f_test.by_score(values[:, :, :-1].mean(axis=0).sum(axis=0), X, y)
