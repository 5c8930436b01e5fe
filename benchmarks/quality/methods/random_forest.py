NAME = "random forest"
COMPUTES = "impurity importance in 300 trees"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "scikit-learn"


def order(X, y, k, seed):
    from quality.columns import best_first, is_regression
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

    # A third of the columns per split is what forests for regression were defined with; all of them is bagging.
    forest = RandomForestRegressor(300, max_features=1 / 3) if is_regression(y) else RandomForestClassifier(300)
    return best_first(forest.set_params(random_state=seed).fit(X, y).feature_importances_)
