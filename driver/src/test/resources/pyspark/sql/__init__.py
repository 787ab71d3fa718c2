class DataFrame:
    def __init__(self, jdf, sparkSession):
        self._jdf, self.sparkSession = jdf, sparkSession
