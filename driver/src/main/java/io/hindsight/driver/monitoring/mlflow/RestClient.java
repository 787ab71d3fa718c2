package io.hindsight.driver.monitoring.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.Excerpt;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of a server that take and answer JSON. None lasts longer than some seconds. */
final class RestClient {
  /** The environment variable that holds the token, as for MLflow's own clients. */
  static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final int LONGEST_REASON = 300; // UTF-16 units
  private static final int OK = 200;

  private final String address;
  private final Optional<String> token;
  private final Duration toAnswer;

  /** Servers of MLflow know no HTTP/2; some that are asked to change to it lose what is sent. */
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TO_CONNECT)
          .build();

  /**
   * Of a server.
   *
   * @param address without a slash at its end
   * @param token of the user; never written anywhere
   * @param toAnswer how long a call may take
   */
  RestClient(String address, Optional<String> token, Duration toAnswer) {
    this.address = address;
    this.token = token;
    this.toAnswer = toAnswer;
  }

  /** As another, with the token of this process's environment. */
  static RestClient of(String address) {
    Optional<String> token =
        Optional.ofNullable(System.getenv(TOKEN)).map(String::strip).filter(t -> !t.isEmpty());
    return new RestClient(address, token, Duration.ofSeconds(10));
  }

  /** Where the server is. */
  String address() {
    return address;
  }

  JsonNode get(String path) throws IOException {
    return call("GET", path, "application/json", BodyPublishers.noBody());
  }

  JsonNode post(String path, JsonNode body) throws IOException {
    return call("POST", path, "application/json", BodyPublishers.ofString(body.toString()));
  }

  JsonNode put(String path, byte[] content) throws IOException {
    BodyPublisher body = BodyPublishers.ofByteArray(content);
    return call("PUT", path, "application/octet-stream", body);
  }

  private JsonNode call(String method, String path, String type, BodyPublisher body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/api/2.0/" + path))
            .header("Content-Type", type)
            .method(method, body);
    if (token.isPresent()) {
      authorize(request, token.get());
    }
    HttpResponse<String> answer = answer(request.build());
    JsonNode read = parse(answer.body());
    if (answer.statusCode() != OK) {
      throw refused(answer.statusCode(), path, read, answer.body());
    }
    return read;
  }

  private static void authorize(HttpRequest.Builder request, String secret) throws IOException {
    try {
      request.header("Authorization", "Bearer " + secret);
    } catch (IllegalArgumentException noHeader) { // whose message has the token in it
      throw new MlflowException(
          400, "", TOKEN + " holds a character that no token has, such as a line break");
    }
  }

  /** A limit of the request alone would not hold for an answer that comes byte by byte. */
  private HttpResponse<String> answer(HttpRequest request) throws IOException {
    var answer = client.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(toAnswer.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + address + " was asked");
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new MlflowException(0, "", "no answer within " + toAnswer.toSeconds() + " s");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      boolean isNamed = cause.getMessage() != null;
      String reason = isNamed ? cause.getMessage() : "no connection";
      throw new MlflowException(0, "", reason);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException noJson) {
      return JSON.missingNode();
    }
  }

  private static MlflowException refused(int status, String path, JsonNode answer, String body) {
    String message = answer.path("message").asText(body);
    String call = path.replaceFirst("\\?.*", "");
    return new MlflowException(
        status,
        answer.path("error_code").asText(),
        "%s answers %d: %s".formatted(call, status, Excerpt.line(message, LONGEST_REASON)));
  }
}
