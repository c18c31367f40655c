package org.retinaspark.udf.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePicklesTest {

  @ParameterizedTest
  @CsvSource({
    "hostile_system_zip.pth,posix.system",
    "hostile_system_legacy.pth,posix.system",
    "hostile_eval.pth,__builtin__.eval",
    "hostile_module.pth,torch.nn.modules.linear.Linear"
  })
  void refusesEveryNameButThoseOfTensors(String file, String name) {
    refused(GoldenWeights.bytes(file), "asks for '" + name + "'", "refused", "state_dict()");
  }

  @ParameterizedTest
  @CsvSource({
    "os,system",
    "builtins,exec",
    "torch,load",
    "torch.storage,_load_from_bytes",
    "net.razorvine.pickle,objects",
    "torch._utils,_rebuild_tensor_v2.__globals__",
    "java.lang,Runtime"
  })
  void refusesNamesBeforeAnythingIsDoneWithThem(String module, String name) {
    refused(
        PickleBytes.legacy(new PickleBytes().global(module, name).stop(), 1),
        "asks for '" + module + "." + name + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "69 6f730a 73797374656d0a", // INST
        "6f", // OBJ
        "81", // NEWOBJ
        "92", // NEWOBJ_EX
        "93", // STACK_GLOBAL
        "82 01", // EXT1
        "8b ffffff7f", // LONG4 of 2 GiB
        "8d ffffffffffffff7f", // BINUNICODE8 of 8 EiB
        "8e ffffffffffffff7f", // BINBYTES8
        "96 ffffffffffffff7f", // BYTEARRAY8
        "42 ffffff7f", // BINBYTES
        "54 ffffff7f", // BINSTRING
        "95 ffffffffffffff7f", // FRAME
        "49 390a", // INT
        "32", // DUP
        "97", // NEXT_BUFFER
        "7f"
      })
  void followsNoInstructionThatStateDictsDoWithout(String instruction) {
    refused(
        PickleBytes.legacy(new PickleBytes().hex(instruction).stop(), 1),
        "instruction 0x" + instruction.substring(0, 2));
  }

  @Test
  void refusesProtocolFour() {
    refused(GoldenWeights.bytes("hostile_protocol_4.pth"), "instruction 0x95");
  }

  @ParameterizedTest
  @ValueSource(strings = {"58 ffffff7f", "58 ffffffff", "55 ff", "8a ff", "63 6f73"})
  void takesNoMemoryForLengthsThatLie(String instruction) {
    refusedInBoth(new PickleBytes().hex(instruction).stop(), "cut, damaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "74",
        "75",
        "73",
        "52",
        "62",
        "61",
        "65",
        "85",
        "68 05",
        "71 00",
        "51",
        "29 29 52",
        "7d 7d 4b00 73",
        "7d 5d 4b00 73",
        "7d 28 4b00 75",
        "4b00 4b00 61",
        "4b00 51",
        "29 51"
      })
  void callsBrokenPicklesBroken(String instructions) {
    refusedInBoth(new PickleBytes().hex(instructions).stop(), "cut, damaged or no state dict");
  }

  @Test
  void endsAtABombOfInstructions() {
    refused(PickleBytes.zip(new PickleBytes().repeat("7d", 3_000_000).stop(), 1), "instructions");
    refused(PickleBytes.zip(new PickleBytes().repeat("28", 3_000_000).stop(), 1), "instructions");
  }

  @Test
  void makesNothingOfNestingAndCycles() {
    refused(
        PickleBytes.zip(new PickleBytes().hex("29").repeat("85", 900_000).stop(), 1),
        "no state dict");
    // A dictionary that is its own value, its own state dict, and lists of lists of themselves.
    byte[] own = new PickleBytes().hex("7d 7100").text("state_dict").hex("6800 73").stop();
    refused(PickleBytes.zip(own, 1), "no state dict");
    byte[] laughs =
        new PickleBytes()
            .hex("5d 7100 6800 61 6800 61")
            .repeat("5d 7101 6800 61 6800 61 7100", 40)
            .stop();
    refused(PickleBytes.zip(laughs, 1), "no state dict");
    byte[] key = new PickleBytes().hex("7d 5d 7100 6800 61 4e 73").stop();
    refused(PickleBytes.zip(key, 1), "a key that is neither text nor a number");
  }

  @Test
  void appendsInSteadyTime() {
    byte[] appends = new PickleBytes().hex("5d").repeat("28 4e 65", 600_000).stop();
    refused(PickleBytes.zip(appends, 1), "no state dict");
  }

  @ParameterizedTest
  @CsvSource({
    "4,'2,3','3,1',0,6 elements",
    "4,'4','2',0,reaches to element 6",
    "4,'2','1',3,reaches to element 4",
    "4,'1','1',9223372036854775807,reaches to element",
    "4,'2,2','9223372036854775807,9223372036854775807',1,reaches to element",
    "4,'65536,65536,65536,65536','0,0,0,0',0,elements",
    "4,'4','1,1',0,'1 axes and 2 strides'",
    "4,'-1','1',0,from zero on",
    "4,'4','-1',3,from zero on",
    "4,'4','1',-1,from zero on",
    "4,'0,4294967296','1,1',0,an axis of more",
    "5,'4','1',0,pickle says",
    "9223372036854775807,'4','1',0,pickle says"
  })
  void refusesTensorsThatLeaveTheirStorage(
      long stored, String shape, String strides, long offset, String fault) {
    byte[] object =
        new PickleBytes()
            .hex("7d")
            .text("weight")
            .tensor(stored, numbers(shape), numbers(strides), offset)
            .hex("73")
            .stop();
    refused(PickleBytes.legacy(object, 4), fault);
    refused(PickleBytes.zip(object, 4), fault);
  }

  @Test
  void readsWhatIsRightInTheSameWay() {
    byte[] object =
        new PickleBytes()
            .hex("7d")
            .text("weight")
            .tensor(4, new long[] {2, 2}, new long[] {1, 2}, 0)
            .hex("73")
            .stop();
    assertThat(WeightFile.read(PickleBytes.legacy(object, 4), "x").tensors()).containsKey("weight");
    assertThat(WeightFile.read(PickleBytes.zip(object, 4), "x").tensors()).containsKey("weight");
  }

  @Test
  void saysWhatElseStandsInTheFile() {
    byte[] object =
        new PickleBytes()
            .hex("7d 28")
            .text("epoch")
            .number(3)
            .text("best")
            .number(1)
            .hex("75")
            .stop();
    refused(PickleBytes.zip(object, 4), "no state dict", "'epoch', 'best'");
    byte[] mixed =
        new PickleBytes()
            .hex("7d 28")
            .text("weight")
            .tensor(4, new long[] {4}, new long[] {1}, 0)
            .text("epoch")
            .number(3)
            .hex("75")
            .stop();
    refused(PickleBytes.zip(mixed, 4), "tensor 'epoch' is none");
  }

  /** A storage without a type, one without a key, and a tensor without a storage. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "28 58 07000000 73746f72616765 4e 58 01000000 30 4e 4b04 74 51",
        "28 58 07000000 73746f72616765 63 746f7263680a 466c6f617453746f726167650a 4e 4e 4b04 74 51",
        "4e"
      })
  void refusesNothingInPlaceOfAStorage(String storage) {
    byte[] object =
        new PickleBytes()
            .hex("7d")
            .text("weight")
            .global("torch._utils", "_rebuild_tensor_v2")
            .hex("28" + storage)
            .number(0)
            .tuple(4)
            .tuple(1)
            .hex("74 52 73")
            .stop();
    refused(PickleBytes.legacy(object, 4), "no state dict");
    refused(PickleBytes.zip(object, 4), "no state dict");
  }

  private static long[] numbers(String text) {
    return Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  private static void refusedInBoth(byte[] pickle, String fault) {
    refused(PickleBytes.legacy(pickle, 1), fault);
    refused(PickleBytes.zip(pickle, 1), fault);
  }

  private static void refused(byte[] file, String... faults) {
    assertThatThrownBy(() -> WeightFile.read(file, "bad.pth"))
        .isInstanceOf(WeightFileException.class)
        .hasMessageStartingWith("weights 'bad.pth' can't be used: ")
        .hasMessageContainingAll(faults);
  }
}
