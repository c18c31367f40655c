package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.retinaspark.io.images.Listings.files;
import static org.retinaspark.io.images.Listings.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.io.UnusableLocationException;

/** CSV manifests and lists as people write them, and the errors that name a line. */
final class ManifestTextTest {

  @TempDir private Path root;

  @Test
  void listsAreAsPeopleWriteThem() throws IOException {
    Files.writeString(
        root.resolve("list.txt"),
        "\ufeff# photos\r\na.jpg\r\n\r\n  \r\n#\r\n#b.jpg\r\nb c.jpg \t\r\nd.jpg");
    assertThat(keys(Listings.of(SourceFormat.AUTO, root.resolve("list.txt"))))
        .containsExactly("a.jpg", "b c.jpg", "d.jpg");
  }

  @Test
  void csvIsReadAsItIsWritten() throws IOException {
    Files.writeString(
        root.resolve("list.csv"),
        """
        \ufeffpath,caption,,Note

        a.jpg,"A man said ""hi, there"" twice",1,""
        "q""x.jpg","two
        lines",,
        100%.jpg,,,ü
        # no comment.jpg,a b ,,\s
        """
            .replace("\n", "\r\n"));
    ImageListing listing = Listings.of(SourceFormat.AUTO, root.resolve("list.csv"));
    assertThat(listing.carried().fieldNames()).containsExactly("caption", "_c2", "Note");
    assertThat(files(listing))
        .extracting(ImageFile::image, ImageFile::carried)
        .containsExactlyInAnyOrder(
            tuple("# no comment.jpg", Arrays.asList("a b ", null, " ")),
            tuple("100%.jpg", Arrays.asList(null, null, "ü")),
            tuple("a.jpg", Arrays.asList("A man said \"hi, there\" twice", "1", "")),
            tuple("q\"x.jpg", Arrays.asList("two\r\nlines", null, null)));
  }

  @Test
  void otherSeparatorsAreTold() throws IOException {
    Path semicolons = Files.writeString(root.resolve("list.csv"), "path;label\na.jpg;1,5\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, semicolons))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has one column 'path;label'")
        .hasMessageContaining("give --csv-separator ';': nothing was read");
    ImageInputs told =
        new ImageInputs(
            List.of(semicolons.toString()),
            SourceFormat.AUTO,
            NameFilter.IMAGES,
            InputColumns.USUAL,
            new ManifestSettings(List.of(), ';'));
    assertThat(files(Listings.of(told)).get(0).carried()).containsExactly("1,5");
    Path tabs = Files.writeString(root.resolve("list.TSV"), "path\tlabel\nb.jpg\tx;y\n");
    assertThat(files(Listings.of(SourceFormat.AUTO, tabs)).get(0).carried()).containsExactly("x;y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path,n~a.jpg,1,2~ | has 3 fields in the row that ends at line 2, and 2 in its header",
        "path,n~a.jpg,1~b.jpg~ | has 1 fields in the row that ends at line 3",
        "path,n~a.jpg,\"open~b.jpg,2~ | quotes wrongly: (startline 2) EOF",
        "path,n~\"a\"x.jpg,1~ | quotes wrongly: Invalid character between encapsulated token",
        "path,Path~a.jpg,b~ | has two columns 'Path'; rename one",
        "path,n~,1~ | has a row without a path in line 2",
        "path,length~a.jpg,-5~ | the length '-5' in line 2: nothing was read",
        "a.jpg,1~b.jpg,2~ | has no column 'path', 'uri', 'image', 'file_name'",
        "'' | has no header"
      })
  void badLineEndsTheRun(String text, String message) throws IOException {
    Path manifest = Files.writeString(root.resolve("list.csv"), text.replace('~', '\n'));
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, manifest))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("nothing was read");
  }

  @Test
  void otherEncodingsAreNamed() throws IOException {
    Path latin = root.resolve("latin.csv");
    Files.write(latin, "path\na.jpg\nü.jpg\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, latin))
        .hasMessageContaining("is not UTF-8 in line 3, but another encoding; save it as UTF-8");
    Path wide = root.resolve("wide.txt");
    Files.write(wide, "a.jpg\nb.jpg\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, wide))
        .hasMessageContaining("null character in line 1, as UTF-16 has; save it as UTF-8");
    Path marked = root.resolve("marked.txt");
    Files.write(marked, "a.jpg\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, marked))
        .hasMessageContaining("is not UTF-8 in line 1");
  }

  @Test
  void missingColumnIsNamed() throws IOException {
    Files.writeString(root.resolve("list.csv"), "photo,label\na.jpg,x\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, root.resolve("list.csv")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "manifest 'file:%s/list.csv' has no column 'path', 'uri', 'image', 'file_name': nothing"
                + " was read. It has photo, label; say with --path-column which names the images",
            root);
    InputColumns named = new InputColumns("photo", null, null);
    assertThat(keys(Listings.of(SourceFormat.AUTO, named, root.resolve("list.csv"))))
        .containsExactly("a.jpg");
  }

  @Test
  void wrongValuesAreNamed() throws IOException {
    Files.writeString(root.resolve("list.csv"), "path,length\na.jpg,many\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, root.resolve("list.csv")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("'a.jpg' the length 'many' in line 2: nothing was read");
    Files.writeString(root.resolve("list.csv"), "path,length\n,5\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, root.resolve("list.csv")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has a row without a path");
  }
}
