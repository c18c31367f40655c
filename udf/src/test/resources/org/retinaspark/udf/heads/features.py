"""Features of a random network, by onnxruntime, as features.csv beside this has them.

    bin/retinaspark model build --architecture retinaface-mnet025 --random 1 -o random.onnx
    python features.py random.onnx > features.csv

The maps are found here by what they are, not by what follows them: the last rectifier of a stride,
behind the concatenation of a context module. The image is 97 x 131, of a formula.
"""
import sys

import numpy as np
import onnx
import onnxruntime

HEIGHT, WIDTH = 97, 131

model = onnx.load(sys.argv[1])
concats = {node.output[0] for node in model.graph.node if node.op_type == "Concat"}
maps = [
    node.output[0]
    for node in model.graph.node
    if node.op_type in ("Relu", "LeakyRelu") and node.input[0] in concats
]
assert len(maps) == 3, maps
for name in maps:
    model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

channel, row, column = np.meshgrid(np.arange(3), np.arange(HEIGHT), np.arange(WIDTH), indexing="ij")
image = ((37 * channel + 11 * row + 17 * column) % 256 - 120).astype(np.float32)[None]
found = session.run(maps, {session.get_inputs()[0].name: image})
found.sort(key=lambda features: -features.size)
for level, features in enumerate(found):
    _, channels, rows, columns = features.shape
    for index in range(0, features.size, 97 if level == 0 else 31):
        print(level, channels, rows, columns, index, "%.9g" % features.flat[index], sep=",")
