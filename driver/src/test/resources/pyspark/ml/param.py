from abc import ABCMeta


class Identifiable:
    def __init__(self):
        super().__init__()
        self.uid = type(self).__name__


class TypeConverters:
    toString = str
    toListString = list


class Param:
    def __init__(self, parent, name, doc, typeConverter=None):
        self.parent, self.name, self.doc, self.converted = parent, name, doc, typeConverter


class Params(Identifiable, metaclass=ABCMeta):
    def __init__(self):
        super().__init__()
        self.values = {}

    @staticmethod
    def _dummy():
        return None

    def _set(self, **params):
        for name, value in params.items():
            self.values[name] = getattr(type(self), name).converted(value)
        return self
