package org.tallystick.jobs;

import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.stereotype.Component;
import org.tallystick.readers.LineBlock;
import org.tallystick.readers.WalletLine;

/// Passes on what Spring Batch says of steps and chunks to whoever shows progress.
@Component
class StepProgress implements StepExecutionListener, ChunkListener<Object, Object> {

  private final Progress progress;

  StepProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void beforeStep(StepExecution step) {
    progress.stepStarts(step.getStepName());
  }

  @Override
  public void afterChunk(Chunk<Object> chunk) {
    for (var item : chunk) {
      progress.itemsDone(
          switch (item) {
            case LineBlock block -> block.lines();
            case WalletLine.Block block -> block.lines().size();
            default -> 1;
          });
    }
  }
}
