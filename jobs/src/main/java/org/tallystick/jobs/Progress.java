package org.tallystick.jobs;

/// Where long work tells how far it is. Told from several threads.
public interface Progress {

  /// Nobody listens.
  Progress SILENT =
      new Progress() {
        @Override
        public void stepStarts(String step) {}

        @Override
        public void itemsDone(long count) {}
      };

  /// A step of a run begins: `meter`, `rate` …
  void stepStarts(String step);

  /// So many more items of the step are done: lines of a file, customers.
  void itemsDone(long count);
}
