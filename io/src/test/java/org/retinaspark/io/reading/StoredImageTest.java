package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredImageTest {

  @ParameterizedTest
  @CsvSource({
    "a/b.jpg, s3a://bucket/photos/a/b.jpg, a/b.jpg",
    "a/shard.tar, s3a://bucket/a/shard.tar, a/shard.tar",
    "a/shard.tar/x/y.jpg, s3a://bucket/a/shard.tar!/x/y.jpg, a/shard.tar",
    "a!/b.jpg, file:/photos/a!/b.jpg, a!/b.jpg",
    "a!/s.zip/c.jpg, file:/photos/a!/s.zip!/c.jpg, a!/s.zip",
    "t.parquet@67108864/key, file:/t.parquet!/key, t.parquet@67108864"
  })
  void tellsTheUnitOfAnImage(String image, String uri, String unit) {
    assertThat(StoredImage.unit(image, uri)).isEqualTo(unit);
  }
}
