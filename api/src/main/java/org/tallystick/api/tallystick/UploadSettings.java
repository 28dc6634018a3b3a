package org.tallystick.api.tallystick;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What may be uploaded; `tallystick.upload.*`.
///
/// @param sizeMax the bytes that one upload may have on disk, at least 1
@ConfigurationProperties("tallystick.upload")
record UploadSettings(@DefaultValue("100GB") DataSize sizeMax) {

  UploadSettings {
    if (sizeMax.toBytes() < 1) {
      throw new IllegalArgumentException(
          "tallystick.upload.size-max must be at least 1 byte, was " + sizeMax);
    }
  }
}
