package org.tallystick.readers;

/// One physical line of a usage file, without its line end.
///
/// @param number counts from 1
/// @param offset bytes of the unpacked text in UTF-8 before it
public record RawLine(long number, long offset, String text, Ending ending) {

  private static final int SHOWN_MAX = 200;

  /// As much of it as a message shows.
  String beginning() {
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
  }

  /// How the line came to its end.
  public enum Ending {
    COMPLETE,
    /// It was longer than a line may be; `text` is its beginning.
    TOO_LONG,
    /// The compressed stream broke off in or before this line; `text` is what there was of it.
    TRUNCATED
  }
}
