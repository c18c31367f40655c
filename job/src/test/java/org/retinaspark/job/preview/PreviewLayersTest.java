package org.retinaspark.job.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.facetable.FaceArrays;

final class PreviewLayersTest {

  @Test
  void everyLayerIsAGroupThatATickHides() throws IOException {
    String page =
        DetailedFaces.page(
            DetailedFaces.faces(
                1, DetailedFaces.MESH, DetailedFaces.vertices(), DetailedFaces.parts()));
    for (PreviewLayer layer : PreviewLayer.values()) {
      String style = layer.style();
      assertThat(page)
          .containsOnlyOnce("<g class=\"" + style + "\">")
          .containsOnlyOnce("<input type=\"checkbox\" id=\"show-" + style + "\"")
          .contains("body:has(#show-%1$s:not(:checked)) .%1$s { display: none; }".formatted(style));
    }
    assertThat(page).doesNotContain("<script", "http:", "https:", "not drawn", "largest");
  }

  @Test
  void aTableOfBoxesHasNoOtherTicks() throws IOException {
    String page = DetailedFaces.page(FaceArrays.of(new float[] {1}, new float[4], new float[0]));
    assertThat(ticks(page)).containsExactly("boxes", "scores");
    assertThat(page).contains("<rect").doesNotContain("<g class=\"mesh\">", "<circle");
  }

  private static List<String> ticks(String page) {
    return Pattern.compile("id=\"show-(\\w+)\"")
        .matcher(page)
        .results()
        .map(r -> r.group(1))
        .toList();
  }

  @Test
  void theHeadsAxesAreDrawnAsItIsTurned() throws IOException {
    FaceArrays faces = DetailedFaces.faces(1, "Other", new float[0], List.of());
    // By 30 degrees to the left of the image; the box is 100 by 100.
    assertThat(DetailedFaces.page(faces))
        .contains("<line class=\"look\" x1=\"50.0\" y1=\"50.0\" x2=\"25.0\" y2=\"50.0\"/>")
        .contains("<line class=\"side\" x1=\"50.0\" y1=\"50.0\" x2=\"93.3\" y2=\"50.0\"/>")
        .contains("<line class=\"down\" x1=\"50.0\" y1=\"50.0\" x2=\"50.0\" y2=\"100.0\"/>")
        .contains(">yaw 30° pitch 0° roll 0°</text>");
  }

  @Test
  void detailsAreOfTheLargestFacesAndThePageSaysSo() throws IOException {
    float[] corner = {1, 2, 3};
    FaceArrays faces = DetailedFaces.faces(25, "OneVertex", corner, List.of());
    String page = DetailedFaces.page(faces);
    assertThat(count(page, "<rect")).isEqualTo(25);
    assertThat(count(page, "<path d=\"m1 2h0\"/>")).isEqualTo(20);
    assertThat(page).contains("25 faces").contains("details of the 20 largest");
    // The smallest boxes end at 100 to 104.
    assertThat(page).contains("x1=\"52.5\"").doesNotContain("x1=\"52.0\"", "x1=\"50.0\"");
  }

  @Test
  void facesWithoutDetailsAreBoxes() throws IOException {
    FaceArrays faces =
        new FaceArrays(
            new float[] {1},
            new float[4],
            new float[10],
            new FaceArrays.Mesh(DetailedFaces.MESH, List.of(new float[0]), new float[1]),
            List.of(new float[0]),
            Arrays.asList((FaceArrays.Pose) null),
            List.of(List.of()));
    assertThat(DetailedFaces.page(faces)).contains("<rect").doesNotContain("<line", "NaN");
  }

  @Test
  void numbersThatAreNoneAreLeftOut() throws IOException {
    float[] vertices = DetailedFaces.vertices();
    vertices[30] = Float.NaN;
    vertices[61] = Float.POSITIVE_INFINITY;
    vertices[90] = 1e30f;
    String page =
        DetailedFaces.page(DetailedFaces.faces(1, DetailedFaces.MESH, vertices, List.of()));
    Matcher paths = Pattern.compile("<path d=\"([^\"]*)\"").matcher(page);
    assertThat(paths.find()).isTrue();
    assertThat(paths.group(1)).startsWith("m").doesNotContainPattern("\\d{5}|[^-ml0-9. ]");
  }

  @Test
  void aMaskThatIsNoneIsToldAndTheRestIsDrawn() throws IOException {
    List<FaceArrays.Part> parts =
        List.of(new FaceArrays.Part("<nose>", "123"), DetailedFaces.parts().get(0));
    FaceArrays faces = DetailedFaces.faces(1, DetailedFaces.MESH, new float[0], parts);
    assertThat(DetailedFaces.page(faces))
        .contains("not drawn: &lt;nose&gt; of face 0: the runs of the mask have 6 pixels")
        .contains("href=\"data:image/png;base64,i")
        .doesNotContain("<nose");
  }

  private static int count(String page, String words) {
    return page.split(Pattern.quote(words), -1).length - 1;
  }
}
