from abc import ABCMeta
from typing import Generic, TypeVar

from pyspark.ml.param import Params

M = TypeVar("M", bound="Model")


class Estimator(Params, Generic[M], metaclass=ABCMeta):
    pass


class Transformer(Params, metaclass=ABCMeta):
    pass


class Model(Transformer, metaclass=ABCMeta):
    pass
