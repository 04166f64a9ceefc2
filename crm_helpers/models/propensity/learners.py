"""Five learners of a yes/no outcome behind one interface: predictors + outcomes -> raw scores."""

from abc import ABC, abstractmethod

import lightgbm
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import CategoricalNB
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from crm_helpers.models.propensity.encoding import Encoding

METHODS = ("logistic", "tree", "naive_bayes", "lightgbm", "mlp")
HOLD_MONOTONE = ("tree", "lightgbm")
BOOSTING = {
    "objective": "binary",
    "learning_rate": 0.06,
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "cat_smooth": 20.0,
    "max_bin": 127,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
BOOSTING_ROUNDS = 120
NETWORK_ROWS = 20_000
NUMBER_BINS = 10
EVENTS_PER_LEAF = 5


class Learner(ABC):
    """Base of the learners: keeps the encoding learned from the training part.

    Parameters
    ----------
    seed : int
        For sampling inside the learner.
    monotone : dict of str to int, optional
        Predictors the score must rise (1) or fall (-1) with.
    """

    def __init__(self, seed: int = 0, monotone: dict[str, int] | None = None):
        self.seed, self.monotone = seed, monotone or {}

    def fit(
        self, frame: pd.DataFrame, outcome: pd.Series, weight: np.ndarray | None = None
    ) -> "Learner":
        """Learn from a training part.

        Parameters
        ----------
        frame : DataFrame, one row per subject
            Predictors: numbers, flags and words; may be missing.
        outcome : Series of bool, shape (n_subjects,)
        weight : ndarray of float, shape (n_subjects,), optional
            How many subjects a row stands for; a neural network takes each for one.

        Returns
        -------
        Learner, itself
        """
        self.encoding, self.weight = Encoding.learned(frame), weight
        self._learn(frame, np.asarray(outcome).astype(int))
        return self

    @abstractmethod
    def _learn(self, frame: pd.DataFrame, outcome: np.ndarray) -> None: ...

    @abstractmethod
    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Raw probability of the outcome, before calibration, shape (n_subjects,)."""


class Logistic(Learner):
    """Logistic regression on scaled numbers and levels, with a mild ridge."""

    def _learn(self, frame: pd.DataFrame, outcome: np.ndarray) -> None:
        self.model = LogisticRegression(C=0.5, solver="newton-cholesky")
        array = self.encoding.linear_array(frame)
        self.model.fit(array, outcome, sample_weight=self.weight)

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Raw probability of the outcome, shape (n_subjects,)."""
        return self.model.predict_proba(self.encoding.linear_array(frame))[:, 1]


class Tree(Learner):
    """Small decision tree that people can read: at most sixteen leaves of 1 % each."""

    def _learn(self, frame: pd.DataFrame, outcome: np.ndarray) -> None:
        array = self._array(frame)
        signs = [self.monotone.get(name, 0) for name in self.encoding.numbers]
        signs += [0] * (array.shape[1] - len(signs))
        self.model = DecisionTreeClassifier(
            max_leaf_nodes=16,
            min_samples_leaf=max(20, len(array) // 100),
            monotonic_cst=signs if any(signs) else None,
            random_state=self.seed,
        )
        self.model.fit(array, outcome, sample_weight=self.weight)

    def _array(self, frame: pd.DataFrame) -> np.ndarray:
        return np.hstack([self.encoding.number_array(frame), self.encoding.level_array(frame)])

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Raw probability of the outcome, shape (n_subjects,)."""
        return self.model.predict_proba(self._array(frame))[:, 1]


class NaiveBayes(Learner):
    """Naive Bayes on categories and on tenths of the numbers."""

    def _learn(self, frame: pd.DataFrame, outcome: np.ndarray) -> None:
        numbers = self.encoding.number_array(frame)
        steps = np.linspace(0, 1, NUMBER_BINS + 1)[1:-1]
        self.edges = [_edges(column, steps) for column in numbers.T]
        sizes = [len(edges) + 2 for edges in self.edges]
        sizes += [len(kept) + 2 for kept in self.encoding.levels.values()]
        self.model = CategoricalNB(alpha=1.0, min_categories=np.array(sizes))
        self.model.fit(self._array(frame), outcome, sample_weight=self.weight)

    def _array(self, frame: pd.DataFrame) -> np.ndarray:
        numbers = self.encoding.number_array(frame)
        codes = [
            np.where(np.isnan(column), 0, 1 + np.searchsorted(edges, column, side="right"))
            for column, edges in zip(numbers.T, self.edges, strict=True)
        ]
        return np.column_stack([*codes, self.encoding.code_array(frame)]).astype(int)

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Raw probability of the outcome, shape (n_subjects,)."""
        return self.model.predict_proba(self._array(frame))[:, 1]


class Network(Learner):
    """Neural network with one hidden layer, trained on at most 20,000 rows."""

    def _learn(self, frame: pd.DataFrame, outcome: np.ndarray) -> None:
        array = self.encoding.linear_array(frame)
        rows = np.random.default_rng(self.seed).permutation(len(array))[:NETWORK_ROWS]
        if outcome[rows].min() == outcome[rows].max():
            rows = np.arange(len(array))
        self.scaler = StandardScaler().fit(array[rows])
        self.model = MLPClassifier(
            hidden_layer_sizes=(12,),
            alpha=0.1,
            batch_size=256,
            learning_rate_init=0.004,
            max_iter=15,
            tol=0.0,
            random_state=self.seed,
        )
        self.model.n_iter_no_change = self.model.max_iter
        _fit_quietly(self.model, self.scaler.transform(array[rows]), outcome[rows])

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Raw probability of the outcome, shape (n_subjects,)."""
        array = self.scaler.transform(self.encoding.linear_array(frame))
        return self.model.predict_proba(array)[:, 1]


class Boosting(Learner):
    """Gradient-boosted trees (LightGBM), modest in size, one thread, deterministic."""

    def _learn(self, frame: pd.DataFrame, outcome: np.ndarray) -> None:
        names = self.encoding.names
        settings = BOOSTING | {"seed": self.seed}
        settings["min_data_in_leaf"] = _leaf_rows(outcome)
        if any(name in self.monotone for name in self.encoding.numbers):
            settings["monotone_constraints"] = [self.monotone.get(name, 0) for name in names]
        table = lightgbm.Dataset(
            self._array(frame),
            outcome,
            weight=self.weight,
            categorical_feature=list(range(len(self.encoding.numbers), len(names))),
            params=settings,
        )
        self.model = lightgbm.train(settings, table, num_boost_round=BOOSTING_ROUNDS)

    def _array(self, frame: pd.DataFrame) -> np.ndarray:
        return np.hstack([self.encoding.number_array(frame), self.encoding.code_array(frame)])

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Raw probability of the outcome, shape (n_subjects,)."""
        return self.model.predict(self._array(frame), num_threads=1)

    def contributions(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Exact TreeSHAP value of each predictor, in log-odds.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        DataFrame, one row per subject, one column per predictor
            They add up to the log-odds less their average.

        References
        ----------
        .. [1] Lundberg et al. (2020), From Local Explanations to Global
           Understanding with Explainable AI for Trees, Nature Machine Intelligence 2.
        """
        values = self.model.predict(self._array(frame), pred_contrib=True, num_threads=1)
        return pd.DataFrame(values[:, :-1], index=frame.index, columns=self.encoding.names)


LEARNERS: dict[str, type[Learner]] = {
    "logistic": Logistic,
    "tree": Tree,
    "naive_bayes": NaiveBayes,
    "mlp": Network,
    "lightgbm": Boosting,
}


def new_learner(method: str, *, seed: int = 0, monotone: dict[str, int] | None = None) -> Learner:
    """Learner of a method, not yet trained.

    Parameters
    ----------
    method : str
        logistic, tree, naive_bayes, mlp or lightgbm.
    seed : int, default 0
        For sampling inside the learner.
    monotone : dict of str to int, optional
        Predictors the score must rise (1) or fall (-1) with; tree and lightgbm hold it.

    Returns
    -------
    Learner

    Raises
    ------
    ValueError
        If the method is unknown, or cannot hold a monotone constraint.
    """
    if method not in LEARNERS:
        raise ValueError(
            f"method: '{method}' is unknown; expected one of {', '.join(METHODS)} or auto. "
            "Correct the parameter method."
        )
    if monotone and method not in HOLD_MONOTONE:
        raise ValueError(
            f"method: '{method}' cannot hold monotone constraints (first: {next(iter(monotone))}); "
            f"{' and '.join(HOLD_MONOTONE)} can. Choose one of them or leave `monotone` empty."
        )
    return LEARNERS[method](seed, monotone)


def _leaf_rows(outcome: np.ndarray) -> int:
    """Rows a leaf must hold: enough that five of the rarer kind are expected in it."""
    rarer = max(min(outcome.mean(), 1 - outcome.mean()), 1e-3)
    by_size = int(np.clip(len(outcome) // 100, 5, 40))
    return min(max(by_size, int(EVENTS_PER_LEAF / rarer)), max(len(outcome) // 10, 5))


def _edges(column: np.ndarray, steps: np.ndarray) -> np.ndarray:
    known = column[~np.isnan(column)]
    return np.unique(np.quantile(known, steps)) if len(known) else np.zeros(0)


def _fit_quietly(model: MLPClassifier, array: np.ndarray, outcome: np.ndarray) -> None:
    """A fixed number of passes is meant, so its warning about convergence is no news."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(array, outcome)
