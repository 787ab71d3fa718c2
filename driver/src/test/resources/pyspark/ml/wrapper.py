from abc import ABCMeta, abstractmethod
from typing import TypeVar

from pyspark.ml.base import Estimator, Model, Transformer
from pyspark.ml.param import Params

JM = TypeVar("JM", bound="JavaModel")


class JavaWrapper:
    def __init__(self, java_obj=None):
        super().__init__()
        self._java_obj = java_obj


class JavaParams(JavaWrapper, Params, metaclass=ABCMeta):
    @staticmethod
    def _new_java_obj(name, *arguments):
        return name, arguments


class JavaEstimator(JavaParams, Estimator[JM], metaclass=ABCMeta):
    @abstractmethod
    def _create_model(self, java_model):
        pass


class JavaTransformer(JavaParams, Transformer, metaclass=ABCMeta):
    pass


class JavaModel(JavaTransformer, Model, metaclass=ABCMeta):
    def __init__(self, java_model=None):
        super().__init__(java_model)
