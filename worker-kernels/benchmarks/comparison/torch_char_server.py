"""Trains the character model of conf/char-lm.yaml in PyTorch; see servers.py for the protocol.

Usage: torch_char_server.py TEXT_FILE. A request is "train INPUT HIDDEN STEPS", where INPUT says how
characters reach the layer. All three are the same model (but gather adds its two biases up once
and keeps one, so that its gradient norm counts it once).

one-hot   F.one_hot, converted to float64
identity  a row of the identity matrix by F.embedding
gather    the layer's own loop: rows of its input weights by F.embedding, no product with one-hots
"""

import sys
import time

import torch
from torch.nn import functional as F

BATCH, WINDOW = 50, 50
LEARNING_RATE, CLIP = 1e-2, 5.0
TRAINING_PART = 0.9
DTYPE = torch.float64


class FusedLstm(torch.nn.Module):
    """torch.nn.LSTM on one-hot vectors."""

    def __init__(self, vocabulary, hidden, by_identity):
        super().__init__()
        self.lstm = torch.nn.LSTM(vocabulary, hidden)
        self.vocabulary = vocabulary
        self.identity = torch.eye(vocabulary, dtype=DTYPE) if by_identity else None

    def forward(self, tokens, state):
        if self.identity is None:
            inputs = F.one_hot(tokens, self.vocabulary).to(DTYPE)
        else:
            inputs = F.embedding(tokens, self.identity)
        return self.lstm(inputs, state)


class GatherLstm(torch.nn.Module):
    """The LSTM written out, with its input product replaced by a choice of rows."""

    def __init__(self, vocabulary, hidden):
        super().__init__()
        lstm = torch.nn.LSTM(vocabulary, hidden)
        self.input_rows = torch.nn.Parameter(lstm.weight_ih_l0.detach().t().contiguous())
        self.recurrent = torch.nn.Parameter(lstm.weight_hh_l0.detach().t().contiguous())
        self.bias = torch.nn.Parameter((lstm.bias_ih_l0 + lstm.bias_hh_l0).detach())

    def forward(self, tokens, state):
        h, c = (part[0] for part in state)
        outputs = []
        for inputs in (F.embedding(tokens, self.input_rows) + self.bias).unbind(0):
            i, f, g, o = torch.addmm(inputs, h, self.recurrent).chunk(4, 1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
            outputs.append(h)
        return torch.stack(outputs), (h[None], c[None])


class Training:
    """A model, its optimizer, and its place in the text."""

    def __init__(self, streams, vocabulary, kind, hidden):
        self.streams = streams  # (steps, B)
        self.layer = (
            GatherLstm(vocabulary, hidden)
            if kind == "gather"
            else FusedLstm(vocabulary, hidden, kind == "identity")
        ).to(DTYPE)
        self.head = torch.nn.Linear(hidden, vocabulary).to(DTYPE)
        self.parameters = [*self.layer.parameters(), *self.head.parameters()]
        self.optimizer = fastest_adam(self.parameters)
        self.zero_state = torch.zeros(1, BATCH, hidden, dtype=DTYPE)
        self.restart()

    def restart(self):
        """Back to the start of the text, with a state of zero."""
        self.at = 0
        self.state = (self.zero_state, self.zero_state)

    def step(self):
        """One window of every stream; returns its loss and the gradient's norm, as metrics do."""
        if self.at + WINDOW >= len(self.streams):
            self.restart()
        tokens = self.streams[self.at : self.at + WINDOW]
        labels = self.streams[self.at + 1 : self.at + WINDOW + 1]
        self.at += WINDOW
        self.optimizer.zero_grad(set_to_none=True)
        hidden, state = self.layer(tokens, self.state)
        loss = F.cross_entropy(self.head(hidden.flatten(0, 1)), labels.flatten())
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, CLIP)
        self.optimizer.step()
        self.state = tuple(part.detach() for part in state)
        return loss.item(), norm.item()


def fastest_adam(parameters):
    """Adam in one kernel where this PyTorch has that for CPUs."""
    try:
        adam = torch.optim.Adam(parameters, lr=LEARNING_RATE, fused=True)
        adam.zero_grad()
        return adam
    except (RuntimeError, TypeError):
        return torch.optim.Adam(parameters, lr=LEARNING_RATE)


def read_streams(path):
    """((steps, B) character ids of the training part, size of the vocabulary)"""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    ids = {character: i for i, character in enumerate(sorted(set(text)))}
    training = text[: int(len(text) * TRAINING_PART)]
    steps = len(training) // BATCH
    flat = torch.tensor([ids[character] for character in training[: steps * BATCH]])
    return flat.view(BATCH, steps).t().contiguous(), len(ids)


def answer(request, streams, vocabulary, trainings):
    """The line that answers this one; a training goes on where it stopped."""
    words = request.split()
    if len(words) != 4 or words[0] != "train":
        return f"error expected 'train INPUT HIDDEN STEPS', but read '{request.strip()}'"
    key = (words[1], int(words[2]))
    if key not in trainings:
        trainings[key] = Training(streams, vocabulary, *key)
    training = trainings[key]
    times = []
    process = time.process_time()
    for _ in range(int(words[3])):
        start = time.thread_time()
        loss, _ = training.step()
        times.append(f"{(time.thread_time() - start) * 1e3:.4f}")
        if loss != loss:
            return "error the loss is not a number"
    return f"ms {' '.join(times)} process {(time.process_time() - process) * 1e3:.4f}"


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    streams, vocabulary = read_streams(sys.argv[1])
    trainings = {}
    print(f"ready torch {torch.__version__}, {vocabulary} characters", flush=True)
    for request in sys.stdin:
        print(answer(request, streams, vocabulary, trainings), flush=True)


if __name__ == "__main__":
    main()
