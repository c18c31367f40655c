package org.retinaspark.udf.train.view;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.family.Anchor;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.train.matching.LabelledBox;

/**
 * One network input that training looks at: a part of an image, in some colours, placed as {@code
 * detect} places an image of that size.
 *
 * @param number of the view among those of the image, from 0 on
 * @param part what of the image it shows
 * @param placement where the part lies in the network input
 * @param colour how its colours are changed before it is resized
 */
public record TrainingView(
    int number, ImagePart part, Placement placement, ColourDistortion colour) {

  /** Whether left and right are swapped. */
  public boolean isMirrored() {
    return placement.flip() == Flip.HORIZONTAL;
  }

  /**
   * The pixels that are placed; the image itself where nothing is changed.
   *
   * @param image the whole frame, decoded in full if a part of it or other colours are wanted
   */
  public Pixels pixels(Pixels image) {
    if (part.isWhole() && colour.equals(ColourDistortion.NONE)) {
      return image;
    }
    Pixels copy = part.of(image);
    colour.apply(copy.bgr());
    return copy;
  }

  /**
   * The faces that it shows, in network pixels. Faces whose centre lies outside are left out, as
   * the paper (section 4.2) and {@code _crop} of {@code data_augment.py} do; those that are cut
   * have the box that is left, but as ignored ones: what heads are fitted to is the whole face's
   * box, which the cut one would contradict.
   *
   * @param faces those of the image, in its frame
   */
  public List<LabelledBox> seen(List<LabelledBox> faces) {
    List<LabelledBox> seen = new ArrayList<>();
    for (LabelledBox face : faces) {
      if (part.holdsCentreOf(face.box())) {
        Box left = part.clipped(face.box());
        boolean ignored = face.ignored() || !left.equals(face.box());
        seen.add(new LabelledBox(face.face(), toNetwork(left), ignored));
      }
    }
    return seen;
  }

  private Box toNetwork(Box box) {
    float left = (box.x1() - part.left()) / placement.stepX();
    float right = (box.x2() - part.left()) / placement.stepX();
    float top = (box.y1() - part.top()) / placement.stepY();
    float bottom = (box.y2() - part.top()) / placement.stepY();
    return isMirrored()
        ? new Box(placement.contentWidth() - right, top, placement.contentWidth() - left, bottom)
        : new Box(left, top, right, bottom);
  }

  /** Where a reference in network pixels lies in the image's frame, not mirrored any more. */
  public Anchor inImage(Anchor reference) {
    float x = isMirrored() ? placement.contentWidth() - reference.x() : reference.x();
    return new Anchor(
        part.left() + x * placement.stepX(),
        part.top() + reference.y() * placement.stepY(),
        reference.width() * placement.stepX(),
        reference.height() * placement.stepY());
  }
}
