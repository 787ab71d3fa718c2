package io.hindsight.driver.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the current thread has used so far: CPU time, and bytes allocated. */
final class ThreadUse {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ThreadUse() {}

  /** CPU time, ns. Other threads, such as the compiler's and the collector's, do not count. */
  static long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Bytes allocated on the heap. */
  static long allocatedBytes() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
