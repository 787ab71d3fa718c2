made = []  # the DAGs, with the tasks that were called to make them


def dag(**settings):
    def decorate(function):
        def make():
            tasks = []
            made.append((settings, tasks))
            Task.current = tasks
            function()

        return make

    return decorate


def task(**settings):
    return lambda function: Task(function, settings)


class Task:
    current = None

    def __init__(self, function, settings):
        self.function, self.settings = function, settings

    def __call__(self):
        Task.current.append(self)
