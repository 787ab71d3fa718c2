package io.hindsight.datasets.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Profiles as objects of JSON, whose fields are those of the records. */
public final class ProfileJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private ProfileJson() {}

  /** The object of a profile. */
  public static ObjectNode write(DataProfile profile) {
    return MAPPER.valueToTree(profile);
  }

  /**
   * The profile of an object.
   *
   * @throws IllegalArgumentException if it is not one that {@link #write} makes
   */
  public static DataProfile read(JsonNode json) {
    try {
      return MAPPER.treeToValue(json, DataProfile.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
