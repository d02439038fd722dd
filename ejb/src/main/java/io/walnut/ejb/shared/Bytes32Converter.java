package io.walnut.ejb.shared;

import io.walnut.contracts.Bytes32;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

@Converter(autoApply = true)
public class Bytes32Converter implements AttributeConverter<Bytes32, String> {
    @Override
    public String convertToDatabaseColumn(Bytes32 value) {
        return value == null ? null : value.toString();
    }

    @Override
    public Bytes32 convertToEntityAttribute(String column) {
        return column == null ? null : Bytes32.parse(column);
    }
}
