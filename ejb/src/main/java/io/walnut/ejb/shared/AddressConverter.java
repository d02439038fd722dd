package io.walnut.ejb.shared;

import io.walnut.contracts.Address;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

@Converter(autoApply = true)
public class AddressConverter implements AttributeConverter<Address, String> {
    @Override
    public String convertToDatabaseColumn(Address address) {
        return address == null ? null : address.hex();
    }

    @Override
    public Address convertToEntityAttribute(String column) {
        return column == null ? null : Address.parse(column);
    }
}
