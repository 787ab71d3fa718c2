"""The classes of PySpark that hindsight_ml.py builds on, with their headers and no Spark behind them."""


class SparkContext:
    _active_spark_context = None
