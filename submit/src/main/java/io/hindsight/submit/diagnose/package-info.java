/** The command {@code diagnose}, and what it prints. */
package io.hindsight.submit.diagnose;
