NAME = "XGBoost, gain"
COMPUTES = "mean gain of the splits on a column in XGBoost as it comes (100 rounds), zeros by F statistic"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "xgboost"


def order(X, y, k, seed):
    from quality.columns import is_regression
    from quality.methods import f_test
    from xgboost import XGBClassifier, XGBRegressor

    model = (XGBRegressor if is_regression(y) else XGBClassifier)(n_jobs=1, random_state=seed % 2**31)
    return f_test.by_score(model.fit(X, y).feature_importances_, X, y)
