"""A model that ``assay export DIR --onnx model.onnx`` wrote, used like one of scikit-learn.

Needs numpy and onnxruntime. Which inputs there are, and what each of them takes, is read from the file itself::

    python3 assay_model.py model.onnx new.csv

Rows are a dict (or a pandas DataFrame) of columns; a value is missing where it is None, NaN, NaT or empty. For a model
of arrays, rows are one array with the examples along the first axis.
"""

import json
import sys

import numpy as np
import onnxruntime


class AssayModel:
    def __init__(self, path):
        self._session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        said = self._session.get_modelmeta().custom_metadata_map
        self.inputs_ = json.loads(said["assay.inputs"])
        self.is_classifier_ = said["assay.task"] == "classification"
        if self.is_classifier_:
            self.classes_ = np.array(json.loads(said["assay.classes"]), dtype=object)

    def predict(self, rows):
        """The likeliest label of each row, or the predicted number."""
        return self._run("label" if self.is_classifier_ else "prediction", rows)

    def predict_proba(self, rows):
        """n x C: the probability of each label, in the order of ``classes_``."""
        if not self.is_classifier_:
            raise AttributeError("this model predicts numbers: predict and predict_deviation say all it knows")
        return self._run("probabilities", rows)

    def predict_deviation(self, rows):
        """The standard deviation of each predicted number."""
        if self.is_classifier_:
            raise AttributeError("this model predicts labels: predict_proba says how sure it is")
        return self._run("deviation", rows)

    def predict_blocks(self, rows):
        """n x K: the probability of each block."""
        return self._run("blocks", rows)

    def _run(self, output, rows):
        return self._session.run([output], self._fed(rows))[0]

    def _fed(self, rows):
        if self.inputs_[0]["kind"] == "entries" and not isinstance(rows, dict):
            rows = {self.inputs_[0]["column"]: rows}
        fed = {}
        for declared in self.inputs_:
            column = declared["column"]
            if column in rows:
                values = rows[column]
            elif declared["kind"] == "source":
                # not known: the features alone tell the block
                values = [None] * len(rows[self.inputs_[0]["column"]])
            else:
                raise ValueError(f"column {column!r} is missing: {declared['meaning']}")
            fed[declared["name"]] = _tensor(declared, values)
        return fed


def _tensor(declared, values):
    kind = declared["kind"]
    if kind == "entries":
        return np.asarray(values, dtype=np.float32).reshape([-1] + declared["shape"])
    values = [None if _is_missing(value) else value for value in values]
    if kind in ("number", "code"):
        cells = np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)
    elif kind == "flag":
        cells = np.array([np.nan if value is None else _truth(value) for value in values], dtype=np.float64)
    elif kind == "moment":
        # NumPy's NaT is the smallest int64, which says "missing"
        moments = [np.datetime64("NaT" if value is None else value, "us") for value in values]
        cells = np.array(moments, dtype="datetime64[us]").astype(np.int64)
    else:
        texts = ["" if value is None else str(value) for value in values]
        cells = np.array([text.strip() for text in texts] if kind == "source" else texts, dtype=object)
    return cells.reshape(-1, 1)


def _is_missing(value):
    # NaN and NaT are not equal to themselves; pandas' NA says neither
    return value is None or value == "" or type(value).__name__ == "NAType" or value != value


def _truth(value):
    if isinstance(value, str):
        return {"true": 1.0, "false": 0.0, "1": 1.0, "0": 0.0}[value.lower()]
    return float(value)


def main(model_file, table):
    import csv

    with open(table, newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    rows = {name: [line[name] for line in lines] for name in lines[0]}
    model = AssayModel(model_file)
    sure = model.predict_proba(rows).max(axis=1) if model.is_classifier_ else model.predict_deviation(rows)
    blocks = model.predict_blocks(rows).argmax(axis=1) + 1
    print("prediction,probability,block" if model.is_classifier_ else "prediction,deviation,block")
    for prediction, certainty, block in zip(model.predict(rows), sure, blocks):
        print(f"{prediction},{certainty:.6f},{block}")


if __name__ == "__main__":
    main(*sys.argv[1:])
