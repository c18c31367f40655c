"""Makes the golden files beside it: python3 reference.py (ai-edge-litert 2.3 and numpy).

everything.tflite: a small network of every operator that is translated, each with odd sides, strides, dilations and paddings, of random
numbers. everything.f32: a random input [1, 11, 13, 4], then what the reference kernels of TensorFlow Lite give for it, the outputs in the
file's order; little-endian float32.

mesh.tflite: a network of the inputs and outputs of MediaPipe Face Mesh: the mean colour of the crop by random weights.

refused/*.tflite: small networks with one thing in each that isn't translated.
"""

from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

HERE = Path(__file__).parent
SAME, VALID = schema.Padding.SAME, schema.Padding.VALID
NONE, RELU, RELU6 = (getattr(schema.ActivationFunctionType, name) for name in ("NONE", "RELU", "RELU6"))
random = np.random.default_rng(20260101)


class Network:
    def __init__(self):
        self.graph = schema.SubGraphT()
        self.graph.tensors, self.graph.operators = [], []
        self.model = schema.ModelT()
        self.model.version, self.model.description = 3, "made up"
        self.model.operatorCodes, self.model.buffers, self.model.subgraphs = [], [schema.BufferT()], [self.graph]

    def tensor(self, shape, kind=schema.TensorType.FLOAT32, name=None, data=None):
        tensor = schema.TensorT()
        tensor.shape, tensor.type, tensor.buffer = np.array(shape, np.int32), kind, 0
        tensor.name = name or f"model/layer.{len(self.graph.tensors)}"
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(data.tobytes(), np.uint8)
            tensor.buffer = len(self.model.buffers)
            self.model.buffers.append(buffer)
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def weights(self, *shape, half=False):
        values = (random.normal(size=shape) / np.sqrt(np.prod(shape[1:]) + 1)).astype(np.float32)
        if not half:
            return self.tensor(shape, data=values)
        stored = self.tensor(shape, schema.TensorType.FLOAT16, data=values.astype(np.float16))
        return self.add("DEQUANTIZE", [stored], shape)

    def integers(self, values):
        values = np.array(values, np.int32)
        return self.tensor(values.shape, schema.TensorType.INT32, data=values)

    def add(self, kind, inputs, shape, options=None, name=None, **fields):
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(schema.BuiltinOperator, kind)
        code.deprecatedBuiltinCode, code.version = min(code.builtinCode, 127), {"DEQUANTIZE": 3}.get(kind, 1)
        if "dilationHFactor" in fields and kind == "DEPTHWISE_CONV_2D":
            code.version = 2
        operator = schema.OperatorT()
        operator.opcodeIndex = len(self.model.operatorCodes)
        self.model.operatorCodes.append(code)
        operator.inputs = np.array(inputs, np.int32)
        if options:
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, options)
            operator.builtinOptions = getattr(schema, options + "T")()
            for field, value in fields.items():
                assert hasattr(operator.builtinOptions, field), field
                setattr(operator.builtinOptions, field, value)
        made = self.tensor(shape, name=name)
        operator.outputs = np.array([made], np.int32)
        self.graph.operators.append(operator)
        return made

    def windows(self, padding, stride, fused=NONE, dilation=None):
        fields = {"padding": padding, "strideH": stride[0], "strideW": stride[1], "fusedActivationFunction": fused}
        return fields | ({"dilationHFactor": dilation[0], "dilationWFactor": dilation[1]} if dilation else {})

    def file(self, inputs, outputs):
        self.graph.inputs, self.graph.outputs = np.array(inputs, np.int32), np.array(outputs, np.int32)
        builder = flatbuffers.Builder(1 << 16)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def everything():
    n = Network()
    image = n.tensor([1, 11, 13, 4], name="image")
    # 11 x 13 by stride 2: SAME begins one cell later than a border of 1 on both sides would.
    x = n.add("CONV_2D", [image, n.weights(8, 3, 3, 4, half=True), n.weights(8, half=True)], [1, 6, 7, 8],
              "Conv2DOptions", **n.windows(SAME, (2, 2), RELU6))
    x = n.add("PRELU", [x, n.weights(1, 1, 8, half=True)], [1, 6, 7, 8])
    wide = n.add("CONV_2D", [image, n.weights(8, 2, 5, 2), n.weights(8)], [1, 10, 5, 8],
                 "Conv2DOptions", **n.windows(VALID, (1, 2)))  # two groups
    even = n.add("CONV_2D", [image, n.weights(8, 2, 2, 4), n.weights(8)], [1, 6, 7, 8],
                 "Conv2DOptions", **n.windows(SAME, (2, 2), RELU))
    apart = n.add("CONV_2D", [image, n.weights(8, 3, 2, 4), n.weights(8)], [1, 7, 12, 8],
                  "Conv2DOptions", **n.windows(VALID, (1, 1), NONE, (2, 1)))
    sparse = n.add("CONV_2D", [image, n.weights(8, 3, 3, 4), n.weights(8)], [1, 11, 13, 8],
                   "Conv2DOptions", **n.windows(SAME, (1, 1), NONE, (3, 2)))
    x = n.add("ADD", [x, even], [1, 6, 7, 8], "AddOptions", fusedActivationFunction=RELU)
    x = n.add("ADD", [n.weights(8), x], [1, 6, 7, 8], "AddOptions", fusedActivationFunction=NONE)
    x = n.add("MUL", [x, n.weights(6, 1, 1)], [1, 6, 7, 8], "MulOptions", fusedActivationFunction=RELU6)
    doubled = n.add("DEPTHWISE_CONV_2D", [x, n.weights(1, 3, 3, 16), n.weights(16)], [1, 6, 7, 16], "DepthwiseConv2DOptions",
                    depthMultiplier=2, **n.windows(SAME, (1, 1), NONE, (2, 2)))
    halved = n.add("DEPTHWISE_CONV_2D", [x, n.weights(1, 3, 3, 8), n.weights(8)], [1, 3, 4, 8], "DepthwiseConv2DOptions",
                   depthMultiplier=1, **n.windows(SAME, (2, 2), RELU))
    pooled = n.add("MAX_POOL_2D", [x], [1, 3, 3, 8], "Pool2DOptions", filterHeight=2, filterWidth=2, **n.windows(VALID, (2, 2)))
    pooled = n.add("PAD", [pooled, n.integers([[0, 0], [0, 0], [1, 0], [0, 0]])], [1, 3, 4, 8], "PadOptions")
    same = n.add("MAX_POOL_2D", [x], [1, 3, 4, 8], "Pool2DOptions", filterHeight=3, filterWidth=3, **n.windows(SAME, (2, 2)))
    mean = n.add("AVERAGE_POOL_2D", [doubled], [1, 6, 4, 16], "Pool2DOptions", filterHeight=3, filterWidth=2,
                 **n.windows(SAME, (1, 2), RELU6))
    mean = n.add("AVERAGE_POOL_2D", [mean], [1, 3, 4, 16], "Pool2DOptions", filterHeight=2, filterWidth=1, **n.windows(VALID, (2, 1)))
    widened = n.add("PAD", [halved, n.integers([[0, 0], [0, 0], [0, 0], [3, 5]])], [1, 3, 4, 16], "PadOptions")
    mean = n.add("ADD", [mean, widened], [1, 3, 4, 16], "AddOptions", fusedActivationFunction=NONE)
    joined = n.add("CONCATENATION", [mean, pooled, same], [1, 3, 4, 32], "ConcatenationOptions", axis=3, fusedActivationFunction=NONE)
    joined = n.add("CONCATENATION", [joined, joined], [1, 3, 8, 32], "ConcatenationOptions", axis=-2, fusedActivationFunction=NONE)
    joined = n.add("CONCATENATION", [joined, joined], [1, 6, 8, 32], "ConcatenationOptions", axis=1, fusedActivationFunction=NONE)
    joined = n.add("CONV_2D", [joined, n.weights(4, 1, 1, 32), n.weights(4)], [1, 6, 8, 4], "Conv2DOptions", **n.windows(VALID, (1, 1)))
    rows = n.add("RESHAPE", [wide, n.integers([1, 25, 16])], [1, 25, 16], "ReshapeOptions")
    rows = n.add("LOGISTIC", [rows], [1, 25, 16], name="rows")
    vector = n.add("FULLY_CONNECTED", [joined, n.weights(12, 192), n.weights(12)], [1, 12], "FullyConnectedOptions",
                   fusedActivationFunction=RELU)
    vector = n.add("RELU6", [n.add("RELU", [vector], [1, 12])], [1, 12])
    flat = n.add("RESHAPE", [joined, n.integers([1, 192])], [1, 192], "ReshapeOptions")
    vector = n.add("CONCATENATION", [vector, flat], [1, 204], "ConcatenationOptions", axis=1, fusedActivationFunction=NONE)
    vector = n.add("FULLY_CONNECTED", [vector, n.weights(24, 204), -1], [1, 24], "FullyConnectedOptions", fusedActivationFunction=NONE,
                   name="vector")
    again = n.add("RESHAPE", [vector, n.integers([1, 2, 4, 3])], [1, 2, 4, 3], "ReshapeOptions")
    again = n.add("CONV_2D", [again, n.weights(5, 2, 2, 3), n.weights(5)], [1, 2, 4, 5], "Conv2DOptions", name="map.of/all",
                  **n.windows(SAME, (1, 1)))
    return n.file([image], [rows, vector, again, apart, sparse])


def mesh():
    n = Network()
    image = n.tensor([1, 192, 192, 3], name="image")
    mean = n.add("AVERAGE_POOL_2D", [image], [1, 1, 1, 3], "Pool2DOptions", filterHeight=192, filterWidth=192, **n.windows(VALID, (1, 1)))
    outputs = [
        n.add("CONV_2D", [mean, n.weights(values, 1, 1, 3, half=True), n.weights(values, half=True)], [1, 1, 1, values], "Conv2DOptions",
              name=name, **n.windows(VALID, (1, 1)))
        for name, values in (("points", 1404), ("presence", 1))
    ]
    return n.file([image], outputs)


def refused():
    def single(kind, shape=(1, 4, 4, 2), made=None, options=None, inputs=(), before=lambda n, image: None, after=lambda n: None, **fields):
        n = Network()
        image = n.tensor(shape, name="image")
        before(n, image)
        n.add(kind, [image, *(add(n) for add in inputs)], made or shape, options, name="made", **fields)
        after(n)
        return n.file([image], [len(n.graph.tensors) - 1])

    def quantise(n, image):
        n.graph.tensors[image].quantization = schema.QuantizationParametersT()
        n.graph.tensors[image].quantization.scale = np.array([0.5], np.float32)
        n.graph.tensors[image].quantization.zeroPoint = np.array([3], np.int64)

    def open_rows(n, image):
        n.graph.tensors[image].shapeSignature = np.array([1, -1, 4, 2], np.int32)

    def named(n):
        n.model.operatorCodes[0].customCode = "Face.Warp"

    def twice(n):
        n.model.subgraphs = [n.graph, n.graph]

    def older(n):
        n.model.version = 2

    def bytes_(n, image):
        n.graph.tensors[image].type = schema.TensorType.UINT8

    def sparse(n, image):
        n.graph.tensors[image].sparsity = schema.SparsityParametersT()

    def whole(n):
        return n.tensor([2, 1, 1, 2], schema.TensorType.INT8, data=np.ones(4, np.int8))

    def own(n):
        n.graph.operators[0].inputs = n.graph.operators[0].outputs

    def often(n):
        # One constant of 128 KiB, 20 times.
        zeros = n.tensor([1, 64, 64, 8], data=np.zeros(32768, np.float32))
        value = 0
        for _ in range(20):
            value = n.add("ADD", [value, zeros], [1, 64, 64, 8], "AddOptions", fusedActivationFunction=NONE)

    yield "often", single("RELU", shape=(1, 64, 64, 8), after=often)
    yield "operator", single("SOFTMAX")
    yield "custom", single("CUSTOM", after=named)
    yield "quantised", single("RELU", before=quantise)
    yield "dynamic", single("RELU", before=open_rows)
    yield "graphs", single("RELU", after=twice)
    yield "version", single("RELU", after=older)
    yield "type", single("RELU", before=bytes_)
    yield "sparse", single("RELU", before=sparse)
    yield "batch", single("RELU", shape=(2, 4, 4, 2))
    yield "fused", single("ADD", options="AddOptions", inputs=[lambda n: n.weights(2)],
                          fusedActivationFunction=schema.ActivationFunctionType.TANH)
    yield "whole", single("CONV_2D", options="Conv2DOptions", inputs=[whole, lambda n: n.weights(2)], padding=VALID, strideH=1, strideW=1)
    yield "shape", single("MAX_POOL_2D", made=(1, 3, 2, 2), options="Pool2DOptions", padding=SAME, strideH=2, strideW=2, filterHeight=2,
                          filterWidth=2)
    yield "kernel", single("MAX_POOL_2D", options="Pool2DOptions", padding=VALID, strideH=1, strideW=1, filterHeight=5, filterWidth=2)
    yield "stride", single("MAX_POOL_2D", options="Pool2DOptions", padding=VALID, strideH=0, strideW=1, filterHeight=2, filterWidth=2)
    yield "axis", single("CONCATENATION", options="ConcatenationOptions", axis=0, fusedActivationFunction=NONE)
    yield "reshape", single("RESHAPE", made=(4, 8), after=lambda n: n.add("RESHAPE", [1], [1, 32]))
    yield "circle", single("RELU", after=own)
    yield "slopes", single("PRELU", inputs=[lambda n: 0])
    yield "constant", single("CONCATENATION", made=(1, 4, 4, 4), options="ConcatenationOptions", inputs=[lambda n: n.weights(1, 4, 4, 2)],
                             axis=3, fusedActivationFunction=NONE)


def outputs(content, image):
    interpreter = Interpreter(model_content=content, experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image)
    interpreter.invoke()
    return [interpreter.get_tensor(output["index"]) for output in interpreter.get_output_details()]


if __name__ == "__main__":
    content = everything()
    (HERE / "mesh.tflite").write_bytes(mesh())
    (HERE / "refused").mkdir(exist_ok=True)
    for name, network in refused():
        (HERE / "refused" / f"{name}.tflite").write_bytes(network)
    image = random.normal(size=(1, 11, 13, 4)).astype(np.float32)
    (HERE / "everything.tflite").write_bytes(content)
    (HERE / "everything.f32").write_bytes(b"".join(part.astype("<f4").tobytes() for part in [image, *outputs(content, image)]))
