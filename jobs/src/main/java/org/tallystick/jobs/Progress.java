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

        @Override
        public void itemsExpected(long count) {}
      };

  /// A step of a run begins: `meter`, `rate` …
  void stepStarts(String step);

  /// The long step to come has so many items.
  void itemsExpected(long count);

  /// So many more items of the step are done: lines of a file, customers.
  void itemsDone(long count);
}
