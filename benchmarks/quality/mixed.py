"""Which columns of tables with gaps and labels predict: ``python benchmarks/quality/mixed.py [--data DIR]``.

Rankings of the columns as they are, fitted on the training folds of repeated stratified splits, are judged by the
balanced accuracy of two models on the best columns: histogram gradient boosting, which takes categories and gaps, and
logistic regression behind imputation and one-hot encoding. Every repeat goes through all tables, and the scores of all
splits are kept in a file, from which the tables are printed: means, and differences from the first method with standard
errors that allow for training rows which splits share (Nadeau and Bengio 2003). DIR may hold credit.csv.gz, scat.csv.gz
and leaf_flavia.csv.gz, the tables of the R package modeldata; a table like that of the passengers of a ship is made up.
"""

import argparse
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from feature_engine.encoding import OrdinalEncoder
from feature_engine.imputation import MeanMedianImputer
from feature_engine.selection import SelectBySingleFeaturePerformance
from lightgbm import LGBMClassifier
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_selection import RFE, mutual_info_classif
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier
from skrub import TableVectorizer

from infsel import RecursiveElimination

SIZES = {"credit": (2, 4, 6), "scat": (2, 4, 6), "leaf_flavia": (3, 6, 12), "passengers": (2, 4, 6)}
TARGETS = {"credit": "Status", "scat": "Species", "leaf_flavia": "species"}
_LABELS, _NUMBERS = make_column_selector(dtype_include="category"), make_column_selector(dtype_exclude="category")


def passengers(n: int = 891, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """A row number, names, tickets and cabins beside what decides: sex, class, age, of which gaps depend on class."""
    rng = np.random.default_rng(seed)
    level = rng.choice([1, 2, 3], n, p=[0.25, 0.2, 0.55])
    sex, age = rng.choice(["female", "male"], n, p=[0.35, 0.65]), np.clip(rng.normal(40 - 5 * level, 13, n), 1, 80)
    survived = rng.random(n) < 1 / (1 + np.exp(-(3.2 - 2.6 * (sex == "male") - 0.9 * level - 0.02 * age)))
    cabin = np.array([f"{'ABCDE'[k % 5]}{k}" for k in rng.integers(0, 150, n)], dtype=object)
    cabin[rng.random(n) < 0.3 + 0.23 * level - 0.15 * survived] = None
    columns = {
        "number": np.arange(n),
        "name": [f"passenger {k}" for k in rng.permutation(n)],
        "ticket": [f"T{k}" for k in rng.integers(0, 3 * n // 4, n)],
        "cabin": cabin,
        "sex": sex,
        "class": level,
        "age": np.where(rng.random(n) < 0.05 + 0.1 * level - 0.08 * survived, np.nan, age.round()),
        "fare": np.exp(rng.normal(5 - level, 0.6)).round(2),
        "port": rng.choice(["S", "C", "Q"], n, p=[0.7, 0.2, 0.1]),
        "siblings": rng.poisson(0.5, n),
        "parents": rng.poisson(0.4, n),
    }
    return pd.DataFrame(columns), survived.astype(int)


def tables(data: Path | None):
    """Name, frame with categories, and target."""
    X, y = passengers()
    yield "passengers", categorized(X), y
    for name, target in TARGETS.items():
        if data is not None and (data / f"{name}.csv.gz").exists():
            frame = pd.read_csv(data / f"{name}.csv.gz")
            yield name, categorized(frame.drop(columns=target)), pd.factorize(frame[target], sort=True)[0]


def categorized(X: pd.DataFrame) -> pd.DataFrame:
    """Text as categories."""
    return X.astype({name: "category" for name in X.columns if not pd.api.types.is_numeric_dtype(X[name])})


def elimination(**settings):
    def rank(X, y):
        return RecursiveElimination(task="classification", **settings).fit(X, y).ranking_

    return rank


def encoder(labels: OneHotEncoder):
    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    return make_column_transformer((labels, _LABELS), (numbers, _NUMBERS), verbose_feature_names_out=False)


def encoded_elimination(X, y):
    steps = encoder(OneHotEncoder(sparse_output=False))
    Z = steps.fit_transform(X)
    labels = [name for name in X.columns if X[name].dtype == "category"]
    sizes = [len(found) for found in steps.named_transformers_["onehotencoder"].categories_] if labels else []
    owner = np.repeat(labels, sizes).tolist() + [name for name in X.columns if name not in labels]
    return by_best(RecursiveElimination(task="classification").fit(Z, y).ranking_, owner, X)


def skrub_rfe(X, y):
    vectorizer = TableVectorizer().fit(X)
    outputs = vectorizer.input_to_outputs_
    Z = vectorizer.transform(X)
    owner = {output: name for name, found in outputs.items() for output in found}
    scaled = make_pipeline(SimpleImputer(), StandardScaler()).fit_transform(Z)
    found = RFE(LogisticRegression(C=0.1, max_iter=1000), n_features_to_select=1, step=0.2).fit(scaled, y)
    return by_best(found.ranking_, [owner[output] for output in Z.columns], X)


def by_best(ranking, owner, X):
    """The rank of columns by that of the best of what was made of each."""
    best = pd.Series(ranking).groupby(np.array(owner, dtype=object)).min()
    return best.reindex(X.columns).fillna(np.inf).rank(method="first").to_numpy()


def gain(X, y):
    model = LGBMClassifier(importance_type="gain", random_state=0, verbose=-1, n_jobs=1).fit(X, y)
    return pd.Series(-model.feature_importances_).rank(method="first").to_numpy()


def information(X, y):
    labels = [X[name].dtype == "category" for name in X.columns]
    codes = {name: X[name].cat.codes if label else X[name] for name, label in zip(X.columns, labels, strict=True)}
    Z = SimpleImputer(strategy="median").fit_transform(pd.DataFrame(codes))
    return (-pd.Series(mutual_info_classif(Z, y, discrete_features=labels, random_state=0))).rank(method="first")


def feature_engine(X, y):
    """Trees on single columns, filled and encoded as its documentation does."""
    X = X.astype({name: object for name in X.columns if X[name].dtype == "category"})
    labels = X.select_dtypes(object).columns.tolist()
    X = X.assign(**{name: X[name].where(X[name].notna(), "Missing") for name in labels}) if labels else X
    numbers = X.columns.drop(labels).tolist()
    Z = MeanMedianImputer(variables=numbers).fit_transform(X)
    Z = OrdinalEncoder(encoding_method="arbitrary", variables=labels).fit_transform(Z) if labels else Z
    tree = DecisionTreeClassifier(max_depth=5, class_weight="balanced", random_state=0)
    varying = Z.columns[Z.ne(Z.iloc[0]).any()].tolist()
    found = SelectBySingleFeaturePerformance(tree, scoring="balanced_accuracy", cv=3, threshold=0.0).fit(Z[varying], y)
    return (-pd.Series(found.feature_performance_).reindex(X.columns).fillna(-np.inf)).rank(method="first").to_numpy()


METHODS = {
    "elimination": elimination(),
    "elimination, informative gaps": elimination(missing="informative"),
    "elimination, attention": elimination(kernel="attention"),
    "elimination, linear": elimination(kernel="linear"),
    "elimination of imputed one-hot columns": encoded_elimination,
    "LightGBM gain": gain,
    "skrub and logistic RFE": skrub_rfe,
    "mutual information": information,
    "feature-engine": feature_engine,
    "random": lambda X, y: np.random.default_rng(len(y)).permutation(X.shape[1]),
}
MODELS = {
    "boosting": lambda: HistGradientBoostingClassifier(
        categorical_features="from_dtype", max_iter=40, class_weight="balanced", random_state=0
    ),
    "logistic": lambda: make_pipeline(
        encoder(OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=20)),
        LogisticRegression(max_iter=2000, class_weight="balanced"),
    ),
}


def common(X: pd.DataFrame) -> pd.DataFrame:
    """The same with the 100 most frequent categories of each column: boosting takes 255."""
    large = [name for name in X.columns if X[name].dtype == "category" and len(X[name].cat.categories) > 100]
    top = {name: X[name].value_counts().index[:100].tolist() for name in large}
    return X.assign(**{name: X[name].cat.set_categories(top[name]) for name in large})


def judged(rank, X, y, sizes, splits):
    """Rows of fold, model and mean balanced accuracy over sizes, and seconds of the ranking."""
    found, usable = [], common(X)
    for fold, (train, test) in enumerate(splits):
        start = time.perf_counter()
        best = np.argsort(np.asarray(rank(X.iloc[train], y[train])), kind="stable")
        seconds = time.perf_counter() - start
        for name, make in MODELS.items():
            scores = []
            for k in sizes:
                columns = usable.iloc[:, np.sort(best[:k])]
                model = make().fit(columns.iloc[train], y[train])
                scores.append(balanced_accuracy_score(y[test], model.predict(columns.iloc[test])))
            found.append({"fold": fold, "model": name, "score": float(np.mean(scores)), "seconds": seconds})
    return found


def measure(options) -> None:
    """Append the scores of one table after the other, repeat after repeat, to a file until the time is over."""
    end, chosen = time.monotonic() + 60 * options.minutes, {**METHODS, "all columns": None}
    for repeat in range(options.repeats):
        for name, X, y in tables(options.data):
            rows = []
            folds = 3 if name == "leaf_flavia" else 5
            splits = list(StratifiedKFold(folds, shuffle=True, random_state=repeat).split(X, y))
            for method, rank in chosen.items():
                if time.monotonic() > end:
                    return
                sizes = SIZES[name] if rank else (X.shape[1],)
                found = judged(rank or (lambda X, y: np.arange(X.shape[1])), X, y, sizes, splits)
                rows += [{"repeat": repeat, "table": name, "method": method, "folds": folds} | row for row in found]
            pd.DataFrame(rows).to_csv(options.scores, mode="a", header=not options.scores.exists(), index=False)


def shown(scores: pd.DataFrame) -> str:
    """Means over splits and models, and differences from the first method with their standard errors, in hundredths."""
    names = list(dict.fromkeys(scores["table"]))
    lines = [f"| ranking | {' | '.join(names)} | mean |", f"|{' --- |' * (len(names) + 2)}"]
    splits = scores.pivot_table(index=["table", "folds", "repeat", "fold"], columns="method", values="score")
    first = next(iter(METHODS))
    for method in [*METHODS, "all columns"]:
        cells, ahead, variances = [], [], []
        for name in names:
            of_table = splits.loc[name]
            folds = of_table.index.get_level_values("folds")[0]
            difference = of_table[method] - of_table[first]
            n = len(difference)
            variances.append(difference.var() * (1 / n + 1 / (folds - 1)))
            ahead.append(difference.mean())
            cells.append(f"{of_table[method].mean():.3f} ({100 * ahead[-1]:+.1f} ± {100 * variances[-1] ** 0.5:.1f})")
        error = np.sqrt(np.sum(variances)) / len(names)
        mean = np.mean([splits.loc[name][method].mean() for name in names])
        cells.append(f"{mean:.3f} ({100 * np.mean(ahead):+.1f} ± {100 * error:.1f})")
        lines.append(f"| {method} | {' | '.join(cells)} |")
    of_tables = scores.pivot_table(index=["method", "table"], columns="model", values="score")
    both = of_tables.groupby("method").mean()
    return "\n".join([*lines, "", str(both.round(3))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--scores", type=Path, default=Path("mixed_scores.csv"), help="where scores of splits are kept")
    parser.add_argument("--show", action="store_true", help="only print the tables of a file that is there")
    warnings.simplefilter("ignore")
    options = parser.parse_args()
    if not options.show:
        measure(options)
    print(shown(pd.read_csv(options.scores)))


if __name__ == "__main__":
    main()
