"""Hindsight's stages of Spark's pipelines and its streams, for PySpark; Hindsight's jar is both the Java and the Python.

spark-submit --jars hindsight.jar --py-files hindsight.jar program.py
"""

import sys

from pyspark import SparkContext
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame

_PACKAGE = "io.hindsight.driver.spark.ml"
# Spark looks the Python class of a stage up by the name of its Java class.
sys.modules[_PACKAGE] = sys.modules[__name__]


def _text(name, doc):
    return Param(Params._dummy(), name, doc, typeConverter=TypeConverters.toString)


def _class(name):
    found = SparkContext._active_spark_context._jvm
    for part in name.split("."):
        found = getattr(found, part)
    return found


def _java(name):
    return _class(_PACKAGE + "." + name)


def register(spark, name, model):
    """Registers a function of SQL that answers by a model; returns the columns that it takes."""
    return list(_java("HindsightFunctions").register(spark._jsparkSession, name, model))


class _Reader(JavaMLReader):
    @classmethod
    def _java_loader_class(cls, clazz):
        return _PACKAGE + "." + clazz.__name__


class _Stage(Params):
    predictionCol = _text("predictionCol", "column of the answers")
    probabilityCol = _text("probabilityCol", "column of the answered class's probability")
    reasonCol = _text("reasonCol", "column that tells why a sequence has no answer")
    sequenceCol = _text("sequenceCol", "column that tells sequences apart")
    timeCol = _text("timeCol", "column that orders the steps of a sequence")

    @classmethod
    def read(cls):
        return _Reader(cls)

    def setParams(self, **params):
        """Sets parameters by their names."""
        return self._set(**params)


class SequenceModel(_Stage, JavaModel, JavaMLReadable, JavaMLWritable):
    """A trained model; see the class of this name in Java."""

    @classmethod
    def open(cls, place):
        """A model that Hindsight has trained: a run's model/, or a registry."""
        return cls(_java("SequenceModel").open(place))

    def weightsSha256(self):
        """The hash of the weights, as train prints it."""
        return self._java_obj.weightsSha256()


class SequenceEstimator(_Stage, JavaEstimator, JavaMLReadable, JavaMLWritable):
    """Training; see the class of this name in Java."""

    config = _text("config", "the configuration: YAML, or the path of a file that holds it")
    settings = Param(
        Params._dummy(),
        "settings",
        "changes of the configuration, section.key=value each",
        typeConverter=TypeConverters.toListString,
    )
    runDirectory = _text("runDirectory", "where the run leaves its results")
    featuresCol = _text("featuresCol", "column of the inputs")
    labelCol = _text("labelCol", "column that is predicted")
    weightCol = _text("weightCol", "column of weights of the targets")
    validationIndicatorCol = _text("validationIndicatorCol", "column that is true in rows of the validation part")

    def __init__(self, **params):
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + ".SequenceEstimator", self.uid)
        self._set(**params)

    def _create_model(self, java_model):
        return SequenceModel(java_model)


def _duration(text):
    return _class("java.time.Duration").parse(text)


class SequenceStream:
    """Answers the rows of a stream; see the class of this name in Java.

    SequenceStream("models/sales", sequenceCol="shop", timeout="PT12H").answer(rows)
    """

    _SETTINGS = {
        "sequenceCol": str,
        "timeCol": str,
        "predictionCol": str,
        "probabilityCol": str,
        "reasonCol": str,
        "versionCol": str,
        "replay": int,
        "keepLate": bool,
        "timeout": _duration,
        "takeUpAfter": _duration,
        "metrics": str,
    }

    def __init__(self, place, **settings):
        """A model, which is a run's model/, or a registry; lengths of time are as PT12H."""
        unknown = sorted(set(settings) - set(self._SETTINGS))
        if unknown:
            raise TypeError(f"no setting {unknown[0]!r}; there are {', '.join(self._SETTINGS)}")
        self._stream = _class("io.hindsight.driver.spark.stream.SequenceStream").open(place)
        for name, value in settings.items():
            setter = getattr(self._stream, "set" + name[0].upper() + name[1:])
            setter(self._SETTINGS[name](value))

    def answer(self, rows):
        """The rows with their answers."""
        return DataFrame(self._stream.answer(rows._jdf), rows.sparkSession)
