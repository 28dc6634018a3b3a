package org.tallystick.readers;

/// A suspended line that waits to be mended or given up.
///
/// @param number counts from 1
/// @param field the column at fault; empty if it is none
public record WaitingLine(
    long batch, long number, String reason, String field, String message, String raw) {}
