package org.retinaspark.udf.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileWeightsTest {

  @ParameterizedTest
  @CsvSource({
    "hostile_object.npz,tensor 'thing' has elements that are no plain numbers",
    "hostile_program.pth,it is a program (TorchScript)",
    "hostile_bare.pkl,it is neither"
  })
  void saysWhatAFileIsThatHoldsNoWeights(String file, String fault) {
    refused(GoldenWeights.bytes(file), fault);
  }

  @Test
  void refusesEmptyFiles() {
    refused(new byte[0], "it is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}x | 8 | its tensors end at byte 0, its data at 8",
        "[] | 0 | neither",
        "{'a':1} | 0 | tensor 'a' has elements of type ''",
        "{'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}} | 8 | 'F8_E4M3'",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | 8 | shape [3] of FLOAT32, but 8"
            + " bytes",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 4 | bytes 0 to 8 of 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 8 | its tensors end at byte 4",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}"
            + " | 8 | tensor 'b' begins at byte 4, but the one before ends at 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | tensor 'a' begins at byte 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | 8 | bytes 4 to 0",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}} | 0 | begins at byte -4",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | 4 | below zero",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} | 4 | no shape",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,99999999999999999999]}} | 4 | no range",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | 0 | an axis"
            + " of more",
        "{'a':{'dtype':'F32','shape':[2147483647,2147483647,4],'data_offsets':[0,4]}} | 4 | but 4"
            + " bytes",
        "{'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}"
            + " | 4 | no JSON",
        "{'a': | 0 | no JSON"
      })
  void checksSafetensors(String header, int data, String fault) {
    boolean trailing = header.endsWith("x");
    byte[] json =
        (trailing ? header.substring(0, header.length() - 1) : header)
            .replace('\'', '"')
            .getBytes(UTF_8);
    refused(safetensors(json, json.length, data), fault);
  }

  @Test
  void believesNoLengthOfASafetensorsHeader() {
    byte[] json = "{}".getBytes(UTF_8);
    refused(safetensors(json, 99, 0), "it is cut: its header has 99 bytes");
    refused(safetensors(json, Long.MAX_VALUE, 0), "its header claims");
    refused(safetensors(json, -1, 0), "its header claims");
  }

  @Test
  void survivesNestedJson() {
    byte[] nested = ("{\"a\":" + "[".repeat(2_000_000)).getBytes(UTF_8);
    refused(safetensors(nested, nested.length, 0), "its header is no JSON");
  }

  @Test
  void inflatesNothingThatNobodyAskedFor() throws IOException {
    // 0.4 MB that would be 100 MB; the tensor is told by its header.
    byte[] bomb =
        npz("{'descr': '<f4', 'fortran_order': False, 'shape': (25000000,), }", 100_000_000);
    assertThat(bomb.length).isLessThan(1_000_000);
    WeightFile file = WeightFile.read(bomb, "bomb.npz");
    assertThat(Objects.requireNonNull(file.tensors().get("a")).shape()).containsExactly(25_000_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), } ; 16 ; shape [3] of FLOAT32, but"
            + " 16 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } ; 16 ; an"
            + " axis of 9999",
        "{'descr': '|O', 'fortran_order': False, 'shape': (2,), } ; 16 ; no plain numbers",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (2,), } ; 16 ; type 'c8'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (__import__('os').system('true'),), } ;"
            + " 4 ; no plain numbers",
        "nonsense ; 0 ; no plain numbers"
      })
  void checksNpy(String header, int data, String fault) throws IOException {
    refused(npz(header, data), "tensor 'a' has ", fault);
  }

  @Test
  void noticesFlippedBits() {
    byte[] flipped = GoldenWeights.bytes("contiguous_zip.pth");
    WeightFile whole = WeightFile.read(flipped.clone(), "x");
    int at = indexOf(flipped, Objects.requireNonNull(whole.tensors().get("float32")).values()[0]);
    flipped[at] ^= 1;
    StoredTensor damaged =
        Objects.requireNonNull(WeightFile.read(flipped, "bad.pth").tensors().get("float32"));
    assertThatThrownBy(damaged::values)
        .isInstanceOf(WeightFileException.class)
        .hasMessageContainingAll("data/0' is damaged: its checksum is another");
  }

  @Test
  void refusesArchivesOfOtherThings() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      zip.write(1);
    }
    refused(file.toByteArray(), "its member 'word/document.xml' is no .npy");
  }

  @Test
  void endsAtADirectoryOfTooManyMembers() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      for (int member = 0; member < 200_000; member++) {
        zip.putNextEntry(new ZipEntry(member + ".npy"));
      }
    }
    refused(file.toByteArray(), "its directory has more than");
  }

  private static int indexOf(byte[] content, float value) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (bytes.getFloat(at) != value) {
      at++;
    }
    return at;
  }

  private static byte[] safetensors(byte[] header, long length, int data) {
    return ByteBuffer.allocate(8 + header.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .array();
  }

  private static byte[] npz(String header, int data) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry("a.npy"));
      zip.write(
          ByteBuffer.allocate(10 + header.length())
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
              .putShort((short) header.length())
              .put(header.getBytes(UTF_8))
              .array());
      byte[] zeros = new byte[1 << 16];
      for (int left = data; left > 0; left -= zeros.length) {
        zip.write(zeros, 0, Math.min(left, zeros.length));
      }
    }
    return file.toByteArray();
  }

  private static void refused(byte[] file, String... faults) {
    assertThatThrownBy(() -> WeightFile.read(file, "bad.bin"))
        .isInstanceOf(WeightFileException.class)
        .hasMessageStartingWith("weights 'bad.bin' can't be used: ")
        .hasMessageContainingAll(faults);
  }
}
