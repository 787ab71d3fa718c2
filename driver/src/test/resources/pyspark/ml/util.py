from typing import Generic, TypeVar

RL = TypeVar("RL", bound="MLReadable")


class MLReader(Generic[RL]):
    pass


class JavaMLReader(MLReader[RL]):
    def __init__(self, clazz):
        self.clazz = clazz


class MLReadable(Generic[RL]):
    pass


class JavaMLReadable(MLReadable[RL]):
    @classmethod
    def read(cls):
        return JavaMLReader(cls)


class MLWritable:
    pass


class JavaMLWritable(MLWritable):
    pass
