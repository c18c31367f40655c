package org.retinaspark.job.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.udf.crop.FacePart;
import org.retinaspark.udf.crop.FaceParts;
import org.retinaspark.udf.crop.MaskReader;

final class PartsPictureTest {

  @Test
  void showsThePixelsOfTheMasks() throws IOException {
    int width = DetailedFaces.WIDTH;
    int height = DetailedFaces.HEIGHT;
    PartsPicture picture = new PartsPicture(new ImageFrame(width, height, 1));
    DetailedFaces.parts().forEach(picture::add);
    BufferedImage seen = seen(picture);
    assertThat(seen.getWidth()).isEqualTo(width);
    assertThat(seen.getHeight()).isEqualTo(height);
    Map<Integer, String> parts = new HashMap<>();
    int inside = 0;
    for (FaceArrays.Part part : DetailedFaces.parts()) {
      long[] runs = MaskReader.inside(part.rle(), (long) width * height);
      for (int run = 0; run < runs.length; run += 2) {
        for (int at = (int) runs[run]; at < runs[run + 1]; at++) {
          parts.putIfAbsent(seen.getRGB(at / height, at % height), part.part());
          assertThat(parts).containsEntry(seen.getRGB(at / height, at % height), part.part());
          inside++;
        }
      }
    }
    // The canonical mouth is all but closed.
    assertThat(parts.size()).isGreaterThanOrEqualTo(FaceParts.NAMES.size() - 1);
    assertThat(painted(seen)).isEqualTo(inside);
  }

  @Test
  void isAsLargeAsTheThumbnail() throws IOException {
    float[] large = DetailedFaces.vertices();
    for (int at = 0; at < large.length; at++) {
      large[at] *= 7.3f;
    }
    int width = (int) (DetailedFaces.WIDTH * 7.3f);
    int height = (int) (DetailedFaces.HEIGHT * 7.3f);
    PartsPicture picture = new PartsPicture(new ImageFrame(width, height, 1));
    long area = 0;
    for (FacePart part : FaceParts.of(DetailedFaces.MESH, large, width, height)) {
      picture.add(new FaceArrays.Part(part.part(), part.rle()));
      long[] runs = MaskReader.inside(part.rle(), (long) width * height);
      for (int run = 0; run < runs.length; run += 2) {
        area += runs[run + 1] - runs[run];
      }
    }
    BufferedImage seen = seen(picture);
    assertThat(seen.getWidth()).isEqualTo(1024);
    double scale = 1024.0 / width;
    assertThat(painted(seen) / (area * scale * scale)).isBetween(0.99, 1.01);
  }

  @Test
  void framesOfAnySizeAreSmallPictures() throws IOException {
    PartsPicture picture = new PartsPicture(new ImageFrame(Integer.MAX_VALUE, 1, 1));
    picture.add(new FaceArrays.Part("skin", "0oooooo1")); // a first run of none, one of all
    assertThat(painted(seen(picture))).isEqualTo(1024);
  }

  private static BufferedImage seen(PartsPicture picture) throws IOException {
    String address = picture.address();
    String start = "data:image/png;base64,";
    assertThat(address).startsWith(start);
    return ImageIO.read(
        new ByteArrayInputStream(Base64.getDecoder().decode(address.substring(start.length()))));
  }

  private static int painted(BufferedImage picture) {
    int painted = 0;
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        painted += picture.getRGB(x, y) >>> 24 == 0 ? 0 : 1;
      }
    }
    return painted;
  }
}
