/** Signals of the operating system, as requests to stop. */
package io.hindsight.submit.signals;
