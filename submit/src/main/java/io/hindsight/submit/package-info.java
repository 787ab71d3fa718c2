/** The command line: one class per command, which parses, calls the driver and prints. */
package io.hindsight.submit;
